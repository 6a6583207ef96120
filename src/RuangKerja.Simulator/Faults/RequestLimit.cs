namespace RuangKerja.Simulator.Faults;

/// <summary>How many data requests a company may make; those above it are answered 429. Token requests do not count.</summary>
public sealed record RequestLimit
{
    /// <summary>In each second of the clock, for each company by itself. 1 or more; default 1.</summary>
    public int PerSecond { get; init; } = 1;

    /// <summary>How the refused are told to come back in the next second. Default: by turns in seconds and as a date.</summary>
    public RetryAfterForm RetryAfter { get; init; }

    /// <summary>The company it holds for; null, the default, for all that have no limit of their own.</summary>
    public string? Company { get; init; }

    /// <summary>The member outside its range and what is allowed; null when all is well.</summary>
    internal string? WhatIsWrong =>
        PerSecond < 1 ? $"perSecond: {PerSecond}, 1 or more is allowed."
        : !Enum.IsDefined(RetryAfter) ? $"retryAfter: {RetryAfter} is none."
        : null;
}

/// <summary>What stands in <c>Retry-After</c>.</summary>
public enum RetryAfterForm
{
    /// <summary>Seconds, then an HTTP date, then seconds …</summary>
    Alternating,

    /// <summary>Whole seconds.</summary>
    Seconds,

    /// <summary>Such as <c>Mon, 05 Jan 2026 02:00:01 GMT</c>.</summary>
    HttpDate,

    /// <summary>There is no such header.</summary>
    None,
}
