using RuangKerja.Events.Api;

namespace RuangKerja.Events.Polling;

/// <summary>How much time one request asks for. Pure.</summary>
public readonly record struct FeedPace(TimeSpan Width)
{
    private const double Growth = 1.25;

    /// <summary>The API takes whole seconds: nothing can be narrower.</summary>
    private static readonly TimeSpan Narrowest = TimeSpan.FromSeconds(1);

    /// <summary>As wide as any window: all of it in one request.</summary>
    public static FeedPace Fastest(FeedPollingOptions options) => new(options.MaxWindow + options.Overlap);

    /// <summary>Whether a window can be halved.</summary>
    public static bool CanNarrow(FeedWindow window) => window.To - window.From > Narrowest;

    /// <summary>The next piece of a window that is read up to <paramref name="from"/>.</summary>
    public FeedWindow Piece(DateTimeOffset from, DateTimeOffset end) =>
        new(from, end - from > Width ? from + Width : end);

    /// <summary>Half of a window that was too wide, to whole seconds.</summary>
    public static FeedPace HalfOf(FeedWindow tooWide)
    {
        var half = TimeSpan.FromSeconds(Math.Floor((tooWide.To - tooWide.From).TotalSeconds / 2));
        return new FeedPace(half > Narrowest ? half : Narrowest);
    }

    /// <summary>A little wider after each success, back to the fastest.</summary>
    public FeedPace Widen(FeedPollingOptions options)
    {
        var wider = TimeSpan.FromSeconds(Math.Ceiling(Width.TotalSeconds * Growth));
        var fastest = Fastest(options);
        return wider < fastest.Width ? new FeedPace(wider) : fastest;
    }
}
