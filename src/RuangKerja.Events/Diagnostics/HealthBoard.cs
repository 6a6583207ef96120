using System.Collections.Concurrent;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Diagnostics;

/// <summary>Where every part says how its last try went. Nothing here asks anything of anybody.</summary>
public sealed class HealthBoard(TimeProvider time)
{
    private readonly ConcurrentDictionary<(Company Company, PipelinePart Part), Entry> _parts = new();

    /// <summary>The part did its work just now.</summary>
    public void Succeeded(Company company, PipelinePart part) => _parts[(company, part)] = SucceededNow(verdict: null);

    /// <summary>The part was looked at just now. What was found says whether its work gets done, and so counts as a success or not.</summary>
    /// <param name="verdict">Null when there is nothing to say.</param>
    public void Found(Company company, PipelinePart part, PartVerdict? verdict)
    {
        if (verdict is { IsWell: false })
            Judged(company, part, verdict);
        else
            _parts[(company, part)] = SucceededNow(verdict);
    }

    /// <summary>Another instance does this part, and this one has just seen that it need not.</summary>
    public void StandsBy(Company company, PipelinePart part, string reason) =>
        Found(company, part, new PartVerdict(PartStatus.StandingBy, reason, Hint: null));

    /// <summary>The part is in the middle of long work and has just done some of it; what is wrong besides stays so.</summary>
    public void GetsOn(Company company, PipelinePart part) =>
        _parts.AddOrUpdate(
            (company, part),
            _ => SucceededNow(verdict: null),
            (_, before) => SucceededNow(before.Verdict is { IsWell: false } wrong ? wrong : null)
        );

    /// <summary>The part failed; the text says what was found and what to do.</summary>
    public void Failed(Company company, PipelinePart part, string failure) =>
        Failed(company, part, failure, hint: null);

    /// <summary>The part failed.</summary>
    /// <param name="reason">What was found.</param>
    /// <param name="hint">What to do.</param>
    public void Failed(Company company, PipelinePart part, string reason, string? hint) =>
        Judged(company, part, new PartVerdict(PartStatus.Failing, reason, hint));

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
        [
            .. _parts
                .Select(pair => Read(pair.Key.Company, pair.Key.Part, pair.Value))
                .OrderBy(p => p.Company.Name, StringComparer.Ordinal)
                .ThenBy(p => p.Part),
        ];

    private PartHealth Read(Company company, PipelinePart part, Entry entry) =>
        new(company, part, entry.Success?.At, entry.Verdict)
        {
            Age = entry.Success is { } success ? time.GetElapsedTime(success.Timestamp) : null,
            Pause = entry.Pause,
        };

    /// <summary>It is not well, and its last success stays what it was.</summary>
    private void Judged(Company company, PipelinePart part, PartVerdict verdict) =>
        _parts.AddOrUpdate(
            (company, part),
            _ => new Entry(Success: null, verdict),
            (_, before) => before with { Verdict = verdict }
        );

    private Entry SucceededNow(PartVerdict? verdict) => new(new Moment(time.GetUtcNow(), time.GetTimestamp()), verdict);

    /// <summary>One instant by both clocks: the first to be shown, the second to be counted from.</summary>
    private sealed record Moment(DateTimeOffset At, long Timestamp);

    private sealed record Entry(Moment? Success, PartVerdict? Verdict)
    {
        public TimeSpan Pause { get; init; }
    }
}
