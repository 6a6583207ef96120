using Microsoft.Extensions.Logging;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Polling;

/// <summary>One answer of the feed.</summary>
/// <param name="Window">What was asked for: what was due, or the beginning of it.</param>
/// <param name="AnsweredAt">When it was given, by the API's clock; null when it did not tell.</param>
/// <param name="Took">How long it took, by no wall clock: what it holds may be as old.</param>
public sealed record FeedPiece(
    FeedWindow Window,
    IReadOnlyList<FeedRow> Rows,
    DateTimeOffset? AnsweredAt,
    TimeSpan Took
);

/// <summary>
/// Reads the window that is due, whole when the API can answer it, else the beginning of it: an answer that is too large,
/// or takes too long, is asked for again by halves.
/// </summary>
/// <remarks>Belongs to one cycle of one company; not for concurrent use. What it remembers only saves requests.</remarks>
/// <param name="onTrouble">
/// Told of a failure that is followed by a narrower window: to try them all takes an API that never answers minutes.
/// </param>
public sealed partial class FeedReader(
    Company company,
    IRuangKerjaApi api,
    FeedPollingOptions options,
    TimeProvider time,
    ILogger<FeedReader> logger,
    Action<RuangKerjaApiException>? onTrouble = null
)
{
    private FeedPace _pace = FeedPace.Fastest(options);

    /// <summary>Reads the window from its beginning, as far as one answer reaches.</summary>
    /// <exception cref="RuangKerjaApiException">It could not be read, and a narrower one would not help.</exception>
    public async Task<FeedPiece> ReadAsync(FeedWindow due, CancellationToken cancellationToken)
    {
        while (true)
        {
            var window = _pace.Piece(due);
            var asked = time.GetTimestamp();
            if (await TryReadAsync(window, cancellationToken) is { } answer)
            {
                _pace = _pace.Widen(options);
                return new FeedPiece(window, answer.Rows, answer.AnsweredAt, time.GetElapsedTime(asked));
            }

            _pace = FeedPace.HalfOf(window);
            Log.Narrowed(logger, company, window.From, window.To, _pace.Width);
        }
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
            // That an answer is too large is no trouble: the half of it comes next.
            if (error.Kind == ApiFailureKind.Transient)
                onTrouble?.Invoke(error);
            return null;
        }
    }

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
