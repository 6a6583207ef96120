using Microsoft.Extensions.Logging;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Polling;

/// <summary>One answer of the feed, and what it proves.</summary>
/// <param name="AnsweredAt">When it was given, by the API's clock; null when it did not tell.</param>
/// <param name="Watermark">Where the watermark stands once the rows are stored.</param>
/// <param name="ReachesNow">False when the next piece should follow at once.</param>
public sealed record FeedPiece(
    FeedWindow Window,
    IReadOnlyList<FeedRow> Rows,
    DateTimeOffset? AnsweredAt,
    DateTimeOffset Watermark,
    bool ReachesNow
);

/// <summary>
/// Reads the window that is due, in one piece when the API can answer it, in narrower ones when it cannot: an answer that
/// is too large, or takes too long, is asked for again by halves.
/// </summary>
/// <remarks>Belongs to one company's cycle; not for concurrent use. What it remembers only saves requests.</remarks>
public sealed partial class FeedReader(
    Company company,
    IRuangKerjaApi api,
    FeedPollingOptions options,
    TimeProvider time,
    ILogger<FeedReader> logger
)
{
    private FeedPace _pace = FeedPace.Fastest(options);
    private Unfinished? _unfinished;

    /// <summary>Reads the next piece; null when nothing is due.</summary>
    /// <exception cref="RuangKerjaApiException">It could not be read, and a narrower one would not help.</exception>
    public async Task<FeedPiece?> ReadAsync(DateTimeOffset watermark, CancellationToken cancellationToken)
    {
        if (Plan(watermark) is not { } due)
            return null;

        while (true)
        {
            var window = _pace.Piece(due.From, due.Planned.Window.To);
            if (await TryReadAsync(window, cancellationToken) is not { } answer)
            {
                _pace = FeedPace.HalfOf(window);
                Log.Narrowed(logger, company, window.From, window.To, _pace.Width);
                continue;
            }

            _pace = _pace.Widen(options);
            return new FeedPiece(
                window,
                answer.Rows,
                answer.AnsweredAt,
                FeedSchedule.Proven(watermark, window, answer.AnsweredAt, options),
                due.Planned.ReachesNow && window.To == due.Planned.Window.To
            );
        }
    }

    /// <summary>The piece is stored: the next one begins where it ended, or with the next window.</summary>
    public void Stored(FeedPiece piece)
    {
        if (_unfinished is { } due)
        {
            _unfinished =
                piece.Window.To < due.Planned.Window.To
                    ? due with
                    {
                        From = FeedPace.After(piece.Window),
                        Watermark = piece.Watermark,
                    }
                    : null;
        }
    }

    /// <summary>The piece may not count as read: the next one begins with a new window, which reaches to the then now.</summary>
    public void GiveUp() => _unfinished = null;

    /// <summary>The window of which a piece is stored, while the watermark stands where its last piece left it; else a new one.</summary>
    private Unfinished? Plan(DateTimeOffset watermark)
    {
        var isBegun = _unfinished is { } due && due.From > due.Planned.Window.From && due.Watermark == watermark;
        if (!isBegun)
        {
            _unfinished = FeedSchedule.Next(watermark, time.GetUtcNow(), options) is { } planned
                ? new Unfinished(planned, planned.Window.From, watermark)
                : null;
        }

        return _unfinished;
    }

    /// <summary>Null when a narrower window may bring what this one did not.</summary>
    private async Task<FeedAnswer?> TryReadAsync(FeedWindow window, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await api.ReadFeedAsync(window, cancellationToken);
            return answer.Rows.Count >= options.MaxItems && FeedPace.CanNarrow(window) ? null : answer;
        }
        catch (RuangKerjaApiException error) when (error.NarrowerWindowMayHelp && FeedPace.CanNarrow(window))
        {
            return null;
        }
    }

    private sealed record Unfinished(PlannedWindow Planned, DateTimeOffset From, DateTimeOffset Watermark);

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 211,
            Level = LogLevel.Information,
            Message = "{Company}: the window {From:O} … {To:O} brings too much or takes too long; asking for {Width} at a time"
        )]
        public static partial void Narrowed(
            ILogger logger,
            Company company,
            DateTimeOffset from,
            DateTimeOffset to,
            TimeSpan width
        );
    }
}
