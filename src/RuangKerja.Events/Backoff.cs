namespace RuangKerja.Events;

/// <summary>How long to wait before the next try: doubling from <paramref name="First"/> to <paramref name="Longest"/>.</summary>
public readonly record struct Backoff(TimeSpan First, TimeSpan Longest)
{
    // 2^20 times any first delay is beyond any longest one.
    private const int LastDoubling = 20;

    /// <summary>The wait after the given number of failures in a row (1 …), between half and all of the doubled delay.</summary>
    /// <param name="jitter">0 … 1: spreads the tries of many instances.</param>
    public TimeSpan Delay(int failures, double jitter)
    {
        var doubled = First * Math.Pow(2, Math.Clamp(failures - 1, 0, LastDoubling));
        var bounded = doubled < Longest ? doubled : Longest;
        return bounded * (0.5 + (0.5 * jitter));
    }
}
