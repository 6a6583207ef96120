using System.Collections.Concurrent;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Diagnostics;

/// <summary>Where every part says how its last try went. Nothing here asks anything of anybody.</summary>
public sealed class HealthBoard(TimeProvider time)
{
    private readonly ConcurrentDictionary<(Company, PipelinePart), PartHealth> _parts = new();

    /// <summary>The part did its work just now.</summary>
    public void Succeeded(Company company, PipelinePart part) =>
        _parts[(company, part)] = new PartHealth(company, part, time.GetUtcNow());

    /// <summary>The part did its work just now, and there is something to say of what it found.</summary>
    /// <param name="verdict">Null when there is not.</param>
    public void Succeeded(Company company, PipelinePart part, PartVerdict? verdict) =>
        _parts[(company, part)] = new PartHealth(company, part, time.GetUtcNow(), verdict);

    /// <summary>Another instance does this part, and this one has just seen that it need not.</summary>
    public void StandsBy(Company company, PipelinePart part, string reason) =>
        Succeeded(company, part, new PartVerdict(PartStatus.StandingBy, reason, Hint: null));

    /// <summary>The part failed; the text says what was found and what to do.</summary>
    public void Failed(Company company, PipelinePart part, string failure) =>
        Failed(company, part, failure, hint: null);

    /// <summary>The part failed.</summary>
    /// <param name="reason">What was found.</param>
    /// <param name="hint">What to do.</param>
    public void Failed(Company company, PipelinePart part, string reason, string? hint)
    {
        var verdict = new PartVerdict(PartStatus.Failing, reason, hint);
        _parts.AddOrUpdate(
            (company, part),
            _ => new PartHealth(company, part, LastSuccess: null, verdict),
            (_, before) => before with { Verdict = verdict }
        );
    }

    /// <summary>The part met an error, which tells what was found and, when it can, what to do.</summary>
    public void Failed(Company company, PipelinePart part, Exception error)
    {
        if (error is IExplained explained)
            Failed(company, part, explained.Reason, explained.Hint);
        else
            Failed(company, part, error.Message);
    }

    /// <summary>The part rests on purpose: its next success comes so much later than usual.</summary>
    public void Pauses(Company company, PipelinePart part, TimeSpan pause)
    {
        if (_parts.TryGetValue((company, part), out var before))
            _parts.TryUpdate((company, part), before with { Pause = pause }, before);
    }

    /// <summary>Every part that has reported, by company and part.</summary>
    public IReadOnlyList<PartHealth> Read() =>
        [.. _parts.Values.OrderBy(p => p.Company.Name, StringComparer.Ordinal).ThenBy(p => p.Part)];
}
