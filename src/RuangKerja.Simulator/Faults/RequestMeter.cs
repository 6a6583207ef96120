using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Simulator.Faults;

/// <summary>Counts the requests of each company against its limit. Guarded by the board's lock.</summary>
internal sealed class RequestMeter
{
    private readonly Dictionary<string, (long Second, int Count)> _made = [];
    private bool _lastWasSeconds;

    /// <summary>Counts one request.</summary>
    /// <returns>The refusal when it is one too many; null when it may pass.</returns>
    public Answer.Failure? Count(RequestLimit limit, string company, DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        var before = _made.GetValueOrDefault(company) is var made && made.Second == second ? made.Count : 0;
        if (before < limit.PerSecond)
        {
            _made[company] = (second, before + 1);
            return null;
        }

        return Answer.Failure.TooManyRequests(limit.PerSecond) with
        {
            RetryAfter = RetryAfter(limit.RetryAfter, DateTimeOffset.FromUnixTimeSeconds(second + 1)),
        };
    }

    private string? RetryAfter(RetryAfterForm form, DateTimeOffset next)
    {
        if (form == RetryAfterForm.None)
            return null;

        _lastWasSeconds = form == RetryAfterForm.Seconds || (form == RetryAfterForm.Alternating && !_lastWasSeconds);
        return _lastWasSeconds ? "1" : next.ToString("R");
    }
}
