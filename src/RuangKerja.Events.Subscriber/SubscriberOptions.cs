using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Subscriber;

/// <summary>How a subscriber's queue is made and worked. Every default is meant for production.</summary>
public sealed class SubscriberOptions
{
    /// <summary>
    /// The queue's name. Default: the consumer's, in kebab-case and without the word Consumer. It must be one that the service's
    /// setting <c>Replay:AllowedQueues</c> allows, where gaps are to be filled or replays asked for.
    /// </summary>
    public string? Queue { get; set; }

    /// <summary>How many messages are handled at once, of different assignments; 1 to 1,000. Default: 16.</summary>
    public int Concurrency { get; set; } = 16;

    /// <summary>How many messages the broker hands out ahead; at least the concurrency, at most 65,535. Default: sixteen times it.</summary>
    public int? Prefetch { get; set; }

    /// <summary>
    /// Whether one instance alone is handed messages, the others standing by: only so does the order of an assignment hold when
    /// several run. Default: true.
    /// </summary>
    public bool SingleActiveConsumer { get; set; } = true;

    /// <summary>
    /// How often a message may be handed out and come back unsettled, as when the process dies of it, before it goes to the
    /// dead-letter queue; 1 to 1,000. Default: 20.
    /// </summary>
    public int DeliveryLimit { get; set; } = 20;

    /// <summary>How often a message that fails is tried before it goes to the error queue; 1 to 100. Default: 5.</summary>
    public int Attempts { get; set; } = 5;

    /// <summary>The wait before the second attempt, which then doubles; up to <see cref="LongestWait"/>. Default: 200 ms.</summary>
    public TimeSpan FirstWait { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait between two attempts. Default: 10 s.</summary>
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether missing versions are noticed and asked for. The queue is bound to all kinds then, whatever the consumer consumes,
    /// since versions are without gaps over all kinds only. It needs an inbox in PostgreSQL. Default: true.
    /// </summary>
    public bool FillGaps { get; set; } = true;

    /// <summary>What remembers the handled messages; in memory unless another is chosen.</summary>
    internal InboxChoice Inbox { get; set; } = InboxChoice.InMemory(new MemoryInboxOptions());

    /// <summary>
    /// Remembers in memory: duplicates and disorder are dropped while the process lives; a restart forgets. It is the default,
    /// since it needs nothing and is never worse than none.
    /// </summary>
    public SubscriberOptions UseInMemoryInbox(Action<MemoryInboxOptions>? configure = null)
    {
        var options = new MemoryInboxOptions();
        configure?.Invoke(options);
        Inbox = InboxChoice.InMemory(options);
        return this;
    }

    /// <summary>Remembers in an inbox of one's own.</summary>
    /// <param name="inbox">Makes it, once for this subscriber.</param>
    /// <param name="fillsGaps">
    /// Whether it keeps open gaps through a restart and sees to it that what is missing is asked for. Without, the verdict
    /// <see cref="Verdict.BehindGap"/> loses messages.
    /// </param>
    public SubscriberOptions UseInbox(Func<IServiceProvider, IInbox> inbox, bool fillsGaps = false)
    {
        Inbox = new InboxChoice((provider, _) => inbox(provider), fillsGaps, []);
        return this;
    }
}
