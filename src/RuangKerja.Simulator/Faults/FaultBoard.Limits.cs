using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Simulator.Faults;

public sealed partial class FaultBoard
{
    private readonly List<RequestLimit> _limits = [];
    private readonly RequestMeter _meter = new();

    /// <summary>The limits in force.</summary>
    public IReadOnlyList<RequestLimit> Limits
    {
        get
        {
            lock (_gate)
                return _limits.ToArray();
        }
    }

    /// <summary>Limits the data requests of a company or of each of them. It takes the place of the one given before for the same.</summary>
    /// <exception cref="ArgumentException">A member is outside its range.</exception>
    public void Limit(RequestLimit limit)
    {
        if (limit.WhatIsWrong is { } wrong)
            throw new ArgumentException(wrong, nameof(limit));
        lock (_gate)
        {
            _limits.RemoveAll(one => one.Company == limit.Company);
            _limits.Add(limit);
        }
    }

    /// <summary>Everybody may ask as often as they like again.</summary>
    public void RemoveLimits()
    {
        lock (_gate)
            _limits.Clear();
    }

    /// <summary>Counts a data request of the company; the refusal when it is one too many.</summary>
    internal Answer.Failure? Meter(string company, DateTimeOffset now)
    {
        lock (_gate)
        {
            var limit = _limits.Find(one => one.Company == company) ?? _limits.Find(one => one.Company is null);
            return limit is null ? null : _meter.Count(limit, company, now);
        }
    }
}
