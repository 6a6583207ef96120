using System.Diagnostics.Metrics;
using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Subscriber;

/// <summary>What a subscriber counts. Each count is tagged with its queue, as <c>messaging.destination.name</c>.</summary>
public sealed class SubscriberMetrics
{
    /// <summary>The meter to listen to.</summary>
    public const string MeterName = "RuangKerja.Events.Subscriber";

    private const string QueueTag = "messaging.destination.name";

    private readonly Counter<long> _handled;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _outdated;
    private readonly Counter<long> _behindGap;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _givenUp;

    /// <summary>Counts with a meter of the application's.</summary>
    public SubscriberMetrics(IMeterFactory meters)
    {
        // Disposed by its factory.
        Meter = meters.Create(MeterName);
        _handled = Of("handled", "messages that were handled, once each");
        _duplicates = Of("duplicates", "messages that were handled before, and dropped");
        _outdated = Of("outdated", "messages with an older version than was handled before, dropped");
        _behindGap = Of("behind_gap", "messages dropped until what is missing before them has come");
        _failed = Of("failed", "attempts that failed and are followed by another");
        _givenUp = Of("given_up", "messages moved to the error queue");
    }

    internal Meter Meter { get; }

    internal static KeyValuePair<string, object?> Tag(string queue) => new(QueueTag, queue);

    internal void Settled(string queue, Verdict verdict)
    {
        var counter = verdict switch
        {
            Verdict.Handle => _handled,
            Verdict.Duplicate => _duplicates,
            Verdict.Outdated => _outdated,
            _ => _behindGap,
        };
        counter.Add(1, Tag(queue));
    }

    internal void Failed(string queue) => _failed.Add(1, Tag(queue));

    internal void GivenUp(string queue) => _givenUp.Add(1, Tag(queue));

    private Counter<long> Of(string name, string description) =>
        Meter.CreateCounter<long>($"ruangkerja.subscriber.{name}", "{message}", description);
}
