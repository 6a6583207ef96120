using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Replay;

/// <summary>Waits for commits that are under way: what they have stored is seen when they have ended.</summary>
internal static class ReplayHorizon
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Returns true when nothing appears any more at or below the sequence; false when that is not so in time. The server ends
    /// every commit sooner or later, by its limits on statements and idle transactions.
    /// </summary>
    public static async Task<bool> ReachesAsync(
        IEventHistory history,
        long sequence,
        TimeSpan patience,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var begun = time.GetTimestamp();
        while (await history.ReadHorizonAsync(cancellationToken) < sequence)
        {
            if (time.GetElapsedTime(begun) >= patience)
                return false;
            await Task.Delay(Interval, time, cancellationToken);
        }

        return true;
    }
}
