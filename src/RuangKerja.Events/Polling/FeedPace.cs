using RuangKerja.Events.Api;

namespace RuangKerja.Events.Polling;

/// <summary>How much time one request asks for. Pure.</summary>
public readonly record struct FeedPace(TimeSpan Width)
{
    private const double Growth = 1.25;

    /// <summary>
    /// Windows overlap by what the API can tell apart: whether it takes the ends of a window for a part of it is not said.
    /// </summary>
    public static readonly TimeSpan Seam = TimeSpan.FromSeconds(1);

    /// <summary>The second between two that may not count: nothing narrower shows anything for certain.</summary>
    private static readonly TimeSpan Narrowest = 2 * Seam;

    /// <summary>As wide as any window: all of it in one request.</summary>
    public static FeedPace Fastest(FeedPollingOptions options) => new(options.MaxWindow + options.Overlap);

    /// <summary>Whether a window can be halved.</summary>
    public static bool CanNarrow(FeedWindow window) => window.To - window.From > Narrowest;

    /// <summary>As much of the window's beginning as this pace allows.</summary>
    public FeedWindow Piece(FeedWindow due) => due.To - due.From > Width ? due with { To = due.From + Width } : due;

    /// <summary>Where the piece after this one begins.</summary>
    public static DateTimeOffset After(FeedWindow piece) => piece.To - Seam;

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
