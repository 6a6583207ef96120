using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage;

/// <summary>A row the API returned that could not be accepted, as it is kept.</summary>
/// <param name="Id">Names the row to an operator.</param>
/// <param name="Raw">The row's JSON, as it came.</param>
/// <param name="Reasons">Why it was not accepted, when it was judged last.</param>
/// <param name="TimesSeen">In how many polls it came.</param>
public sealed record QuarantinedRow(
    long Id,
    string Raw,
    IReadOnlyList<string> Reasons,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset LastSeenAt,
    long TimesSeen
)
{
    /// <summary>The course whose roster it stood in; null for a row of the feed.</summary>
    public CatalogueCourse? RosterOf { get; init; }
}

/// <summary>The rows that could not be accepted, as an operator sees them.</summary>
/// <remarks>Every method throws <see cref="StorageException"/> when the database does not do its part.</remarks>
public interface IQuarantine
{
    /// <summary>The rows seen last, the newest first.</summary>
    Task<IReadOnlyList<QuarantinedRow>> ListAsync(Company company, int limit, CancellationToken cancellationToken);

    /// <summary>Those of the given rows that are there; null for all rows of the company.</summary>
    Task<IReadOnlyList<QuarantinedRow>> LoadAsync(
        Company company,
        IReadOnlyCollection<long>? ids,
        CancellationToken cancellationToken
    );

    /// <summary>Removes rows for good; null for all rows of the company. Returns how many there were.</summary>
    Task<int> DiscardAsync(Company company, IReadOnlyCollection<long>? ids, CancellationToken cancellationToken);
}
