using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Diagnostics;

/// <summary>
/// Whether a feed that another instance reads gets on, judged by what that instance leaves in the database: an instance
/// that stands by must not call all well while nothing moves. Pure.
/// </summary>
/// <param name="Watermark">Where the watermark was seen last; null when there was none.</param>
/// <param name="MovedAt">When it was first seen there.</param>
public sealed record WatermarkWatch(DateTimeOffset? Watermark, DateTimeOffset MovedAt)
{
    /// <summary>The API's clock bounds the watermark, and may be as far behind ours.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(15);

    private const string Look =
        "Look at the instance that has the feed's lease (table lease): at its readiness and its log.";

    /// <summary>Whether a watermark of that age is further back than clocks that may differ explain.</summary>
    /// <param name="longest">How old the last poll may be.</param>
    public static bool IsFarBehind(TimeSpan age, TimeSpan longest) => age > longest + ClocksDiffer;

    /// <summary>The watch after one more look.</summary>
    public WatermarkWatch See(FeedStanding? standing, DateTimeOffset now) =>
        standing?.Watermark == Watermark ? this : new WatermarkWatch(standing?.Watermark, now);

    /// <summary>Null when the feed gets on.</summary>
    /// <param name="standing">What was seen last; null when reading the feed was never begun.</param>
    /// <param name="longest">How old the last poll may be.</param>
    public PartVerdict? Judge(FeedStanding? standing, DateTimeOffset now, TimeSpan longest)
    {
        if (standing is null)
            return new PartVerdict(PartStatus.Waiting, "No instance has begun to read the feed yet.", Look);
        if (standing.StoredAgo > longest)
            return new PartVerdict(
                PartStatus.Late,
                $"Another instance is to read the feed, and none has stored a poll for {standing.StoredAgo:d\\.hh\\:mm\\:ss}.",
                Look
            );
        if (!standing.CaughtUp || IsFarBehind(standing.Age, longest))
            return new PartVerdict(
                PartStatus.Failing,
                $"Another instance is catching up: the feed is read up to {standing.Watermark:O}, "
                    + $"{standing.Age:d\\.hh\\:mm\\:ss} behind now.",
                "It goes on by itself, unless clocks differ; what holds it up, that instance says."
            );
        return now - MovedAt > longest
            ? new PartVerdict(
                PartStatus.Late,
                $"Another instance reads the feed, and the watermark stands at {standing.Watermark:O} for more than "
                    + $"{longest:d\\.hh\\:mm\\:ss}.",
                Look
            )
            : null;
    }
}
