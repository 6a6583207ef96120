namespace RuangKerja.Events.Subscriber.Gaps;

/// <summary>Versions of one assignment that are missing and to be asked for now.</summary>
/// <param name="Company">The company by its configured name.</param>
/// <param name="AssignmentId">The assignment.</param>
/// <param name="Version">The last version before the gap.</param>
/// <param name="Sequence">The store's, of that version.</param>
/// <param name="Highest">The highest version that was seen behind the gap.</param>
/// <param name="HighestSequence">The store's, of that version.</param>
/// <param name="Round">How often it was asked for, with this time.</param>
/// <param name="Since">When it was noticed, by the database's clock.</param>
/// <param name="RequestId">What it is asked for with; the same for all that are taken together.</param>
internal sealed record DueGap(
    string Company,
    string AssignmentId,
    long Version,
    long Sequence,
    long Highest,
    long HighestSequence,
    int Round,
    DateTimeOffset Since,
    Guid RequestId
);
