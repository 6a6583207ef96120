namespace RuangKerja.Events.Detection;

/// <summary>What happens to events of assignments that are first seen while a company is being bootstrapped.</summary>
public enum BaselineHandling
{
    /// <summary>They are stored and never published.</summary>
    Store,

    /// <summary>They are published like any other.</summary>
    Publish,
}

/// <summary>How changes are detected. Section <c>Detection</c>.</summary>
public sealed record DetectionOptions
{
    /// <summary>What happens to the past. Default <see cref="BaselineHandling.Store"/>.</summary>
    public BaselineHandling Baseline { get; init; } = BaselineHandling.Store;

    /// <summary>
    /// How long the feed and the rosters may disagree about a change while the API spreads it, 0 … 1 h. Within it a row of
    /// the one cannot take back what the other told. Default 2 min.
    /// </summary>
    public TimeSpan SettleDelay { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The share of bad rows in a window above which the watermark stands still, 0 … 1. Default 0.2.</summary>
    public double QuarantineLimit { get; init; } = 0.2;
}

/// <summary>When so many rows of a window are bad that reading on would be reading past a fault.</summary>
public static class QuarantineLimit
{
    // Below this a few bad rows are a large share of nothing.
    private const int SmallestWindow = 50;

    /// <summary>True when the watermark must not pass this window.</summary>
    public static bool Holds(int rows, int rejected, double limit) => rows >= SmallestWindow && rejected > rows * limit;
}
