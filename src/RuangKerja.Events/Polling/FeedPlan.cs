using RuangKerja.Events.Api;

namespace RuangKerja.Events.Polling;

/// <summary>
/// What live polling reads next: the window after the watermark, and while that is read in pieces, the rest of it, so that
/// its overlap is not read again with every piece.
/// </summary>
/// <remarks>Belongs to one company's cycle; not for concurrent use. What it remembers only saves requests.</remarks>
public sealed class FeedPlan(FeedPollingOptions options)
{
    private Rest? _rest;
    private DateTimeOffset? _readTo;

    /// <summary>What to read next; null when nothing is due.</summary>
    /// <inheritdoc cref="FeedSchedule.Next" path="/param"/>
    public PlannedWindow? Next(DateTimeOffset watermark, DateTimeOffset now, TimeSpan ahead = default)
    {
        if (_rest is { } rest && rest.Watermark == watermark)
            return rest.Planned;

        _rest = null;
        return FeedSchedule.Next(watermark, now, options, ahead, _readTo);
    }

    /// <summary>A piece of what was planned is stored: the next one begins where it ended, or with the next window.</summary>
    /// <param name="watermark">Where the watermark stands with it.</param>
    public void Stored(PlannedWindow planned, FeedWindow piece, DateTimeOffset watermark)
    {
        _readTo = FeedSchedule.Earlier(piece.To, planned.AskedAt - options.SafetyLag ?? piece.To);
        _rest =
            piece.To < planned.Window.To
                ? new Rest(
                    planned with
                    {
                        Window = new FeedWindow(FeedPace.After(piece), planned.Window.To),
                    },
                    watermark
                )
                : null;
    }

    /// <summary>The piece may not count as read: the next one begins with a new window, which reaches to the then now.</summary>
    public void GiveUp() => _rest = null;

    // A watermark other than the one the last piece left means that another poller has read on.
    private sealed record Rest(PlannedWindow Planned, DateTimeOffset Watermark);
}
