namespace RuangKerja.Events.Relay;

/// <summary>
/// Judges by repeated looks whether the commands' bus has stopped consuming for good: it does not for longer than it ever
/// waits before it tries again, while the broker takes the monitor's messages all the time.
/// </summary>
/// <param name="patience">How long it may not consume.</param>
internal sealed class LostConsumers(BrokerState broker, TimeSpan patience, TimeProvider time)
{
    // The monitor gives its word every five seconds, and may wait five for the broker's.
    private static readonly TimeSpan LatestWord = TimeSpan.FromSeconds(15);

    private long _since = time.GetTimestamp();

    /// <summary>One look; true when another is to take its place, which is waited for as long.</summary>
    /// <param name="consumes">Whether it does, as far as it knows.</param>
    public bool Is(bool consumes)
    {
        var now = time.GetTimestamp();
        var isWell = broker.HasTakenSince(now - (long)(LatestWord.TotalSeconds * time.TimestampFrequency));
        if (!consumes && isWell && time.GetElapsedTime(_since, now) < patience)
            return false;

        _since = now;
        return !consumes && isWell;
    }
}
