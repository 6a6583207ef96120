using System.Collections.Concurrent;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Diagnostics;

/// <summary>The parts of the pipeline whose health is told apart.</summary>
public enum PipelinePart
{
    /// <summary>Reading the API's feed.</summary>
    Feed,

    /// <summary>Sweeping the rosters.</summary>
    Sweep,

    /// <summary>Reading and writing the database.</summary>
    Database,

    /// <summary>Being connected to the broker.</summary>
    Broker,

    /// <summary>Publishing what waits in the outbox.</summary>
    Relay,
}

/// <summary>How one part of one company does.</summary>
/// <param name="LastSuccess">When it last did its work; null when it never did.</param>
/// <param name="Failure">What is wrong and what to do; null when the last try went well.</param>
public sealed record PartHealth(Company Company, PipelinePart Part, DateTimeOffset? LastSuccess, string? Failure);

/// <summary>Where every part says how its last try went. Nothing here asks anything of anybody.</summary>
public sealed class HealthBoard(TimeProvider time)
{
    private readonly ConcurrentDictionary<(Company, PipelinePart), PartHealth> _parts = new();

    /// <summary>The part did its work just now.</summary>
    public void Succeeded(Company company, PipelinePart part) =>
        _parts[(company, part)] = new PartHealth(company, part, time.GetUtcNow(), Failure: null);

    /// <summary>The part failed; the text says what was found and what to do.</summary>
    public void Failed(Company company, PipelinePart part, string failure) =>
        _parts.AddOrUpdate(
            (company, part),
            _ => new PartHealth(company, part, LastSuccess: null, failure),
            (_, before) => before with { Failure = failure }
        );

    /// <summary>Every part that has reported, by company and part.</summary>
    public IReadOnlyList<PartHealth> Read() =>
        [.. _parts.Values.OrderBy(p => p.Company.Name, StringComparer.Ordinal).ThenBy(p => p.Part)];
}
