using System.Globalization;
using System.Text;
using MassTransit;
using RuangKerja.Events.Subscriber.Handling;

namespace RuangKerja.Events.Subscriber;

/// <summary>A subscriber's options, checked whole and with every default settled.</summary>
/// <param name="Queue">The queue, which also names the subscriber.</param>
/// <param name="Kinds">The message types its consumer consumes.</param>
/// <param name="FillGaps">Whether missing versions are noticed and asked for.</param>
internal sealed record SubscriberSettings(
    string Queue,
    IReadOnlyList<Type> Kinds,
    int Concurrency,
    int Prefetch,
    bool SingleActiveConsumer,
    int DeliveryLimit,
    RetrySchedule Retry,
    bool FillGaps
)
{
    private const int PrefetchOfConcurrency = 16;

    // RabbitMQ closes the channel of who keeps a message for 30 minutes, by its default; the handling itself takes time too.
    private static readonly TimeSpan LongestWaits = TimeSpan.FromMinutes(15);

    // As AMQP limits names, in bytes, with room for what is added to them.
    private const int LongestQueue = 200;

    private static readonly CompositeFormat Range = CompositeFormat.Parse("{0} is {1}; {2:N0} to {3:N0} are allowed.");

    /// <summary>The queue and exchange for what was handed out too often.</summary>
    public string DeadQueue => $"{Queue}_dead";

    /// <summary>Checks the options of a consumer's subscriber.</summary>
    /// <exception cref="SubscriberOptionsException">With everything that is wrong.</exception>
    public static SubscriberSettings Of<TConsumer>(SubscriberOptions options)
        where TConsumer : class, IConsumer
    {
        var queue = options.Queue ?? KebabCaseEndpointNameFormatter.Instance.Consumer<TConsumer>();
        var prefetch = options.Prefetch ?? Math.Min(options.Concurrency * PrefetchOfConcurrency, ushort.MaxValue);
        List<string> faults =
        [
            .. QueueFaults(queue),
            .. ConsumerKinds.FaultsOf(typeof(TConsumer)),
            .. Outside(nameof(options.Concurrency), options.Concurrency, 1, 1_000),
            .. Outside(nameof(options.Prefetch), prefetch, Math.Clamp(options.Concurrency, 1, 1_000), ushort.MaxValue),
            .. Outside(nameof(options.DeliveryLimit), options.DeliveryLimit, 1, 1_000),
            .. Outside(nameof(options.Attempts), options.Attempts, 1, 100),
            .. WaitFaults(options),
            .. options.Inbox.Faults,
        ];
        if (faults.Count > 0)
            throw new SubscriberOptionsException(queue, faults);

        return new SubscriberSettings(
            queue,
            ConsumerKinds.Of(typeof(TConsumer)),
            options.Concurrency,
            prefetch,
            options.SingleActiveConsumer,
            options.DeliveryLimit,
            new RetrySchedule(options.Attempts, options.FirstWait, options.LongestWait),
            options.FillGaps && options.Inbox.FillsGaps
        );
    }

    private static IEnumerable<string> Outside(string name, int value, int least, int most)
    {
        if (value < least || value > most)
            yield return string.Format(CultureInfo.InvariantCulture, Range, name, value, least, most);
    }

    private static IEnumerable<string> QueueFaults(string queue)
    {
        if (queue.Length == 0 || !queue.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_.:".Contains(letter)))
            yield return $"Queue is '{queue}'; letters, digits and - _ . : are allowed.";
        if (queue.Length > LongestQueue)
            yield return $"Queue has {queue.Length} characters; {LongestQueue} are allowed.";
        if (
            queue.StartsWith("ruangkerja-", StringComparison.Ordinal)
            || queue.StartsWith("amq.", StringComparison.Ordinal)
        )
            yield return $"Queue is '{queue}'; what begins with ruangkerja- or amq. belongs to others.";
    }

    private static IEnumerable<string> WaitFaults(SubscriberOptions options)
    {
        if (options.FirstWait < TimeSpan.Zero || options.FirstWait > TimeSpan.FromMinutes(5))
            yield return $"FirstWait is {options.FirstWait}; 0 to 5 minutes are allowed.";
        if (options.LongestWait < options.FirstWait || options.LongestWait > TimeSpan.FromMinutes(5))
            yield return $"LongestWait is {options.LongestWait}; FirstWait to 5 minutes are allowed.";
        else if (options.Attempts is >= 1 and <= 100 && WaitsOf(options) is var all && all > LongestWaits)
            yield return $"A message would wait {all} between its {options.Attempts} attempts; {LongestWaits} are allowed.";
    }

    private static TimeSpan WaitsOf(SubscriberOptions options) =>
        new RetrySchedule(options.Attempts, options.FirstWait, options.LongestWait).All;
}
