using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Detection;

/// <summary>A row the API returned that cannot be accepted.</summary>
/// <param name="Raw">The row's JSON, as it came.</param>
/// <param name="Reasons">Every reason, each a sentence a person can act on.</param>
/// <param name="RosterOf">The course whose roster it stood in; null for a row of the feed.</param>
public sealed record RejectedRow(string Raw, IReadOnlyList<string> Reasons, CatalogueCourse? RosterOf = null);
