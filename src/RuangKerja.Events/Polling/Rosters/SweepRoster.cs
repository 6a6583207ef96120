namespace RuangKerja.Events.Polling.Rosters;

/// <summary>Work for one of the instances: read one course's roster, as a part of a sweep. A message; its names are on the wire.</summary>
public sealed record SweepRoster
{
    /// <summary>The company's configured name.</summary>
    public required string Company { get; init; }

    /// <summary>Of which sweep it is a part: that of an earlier one is void.</summary>
    public required Guid SweepId { get; init; }

    /// <summary>The course's serial in the catalogue.</summary>
    public required string CourseSerial { get; init; }
}
