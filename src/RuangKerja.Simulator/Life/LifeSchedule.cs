namespace RuangKerja.Simulator.Life;

/// <summary>
/// When life's steps fall: around the mean interval of the rate, by seeded chance. Values in, values out; the instants do not
/// depend on how often anybody asks.
/// </summary>
internal sealed class LifeSchedule
{
    /// <summary>Steps per minute. Much faster, and catching up with the clock would take longer than the clock.</summary>
    public const double FastestRate = 60_000;

    // Some years: what is slower never happens, and must not overflow.
    private const double LongestMinutes = 10_000_000;

    private readonly Random _random;
    private DateTimeOffset? _next;

    public LifeSchedule(int seed, bool alive, double perMinute, DateTimeOffset start)
    {
        _random = new Random(seed);
        Alive = alive;
        PerMinute = perMinute;
        Replan(start);
    }

    public bool Alive { get; private set; }

    public double PerMinute { get; private set; }

    /// <summary>The next step's instant; null while paused or at rate 0.</summary>
    public DateTimeOffset? Next => _next;

    public static bool IsRate(double perMinute) => perMinute is >= 0 and <= FastestRate;

    public void Pause()
    {
        Alive = false;
        _next = null;
    }

    public void Resume(DateTimeOffset now)
    {
        if (Alive)
            return;
        Alive = true;
        Replan(now);
    }

    public void ChangeRate(double perMinute, DateTimeOffset now)
    {
        if (!IsRate(perMinute))
            throw new ArgumentOutOfRangeException(nameof(perMinute), perMinute, $"allowed is 0 to {FastestRate}");
        PerMinute = perMinute;
        Replan(now);
    }

    /// <summary>The instants due up to and including <paramref name="now"/> that were not given out before.</summary>
    public IEnumerable<DateTimeOffset> Due(DateTimeOffset now)
    {
        while (_next is { } due && due <= now)
        {
            Replan(due);
            yield return due;
        }
    }

    private void Replan(DateTimeOffset from)
    {
        var mean = TimeSpan.FromMinutes(Math.Min(1 / PerMinute, LongestMinutes));
        _next = Alive && PerMinute > 0 ? from + (mean * (0.5 + _random.NextDouble())) : null;
    }
}
