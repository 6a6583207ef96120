using System.Diagnostics.Metrics;

namespace RuangKerja.Events.Subscriber;

/// <summary>What a subscriber counts. The meter is <see cref="MeterName"/>; each count is tagged with the queue.</summary>
public sealed class SubscriberMetrics(IMeterFactory meters)
{
    /// <summary>The name to listen to.</summary>
    public const string MeterName = "RuangKerja.Events.Subscriber";

    // Disposed by its factory.
    private readonly Meter _meter = meters.Create(MeterName);
}
