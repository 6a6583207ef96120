using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Polling;

/// <summary>
/// Judges quarantined rows by the rules of today, each as if the API had shown it when it was seen last. Rows of one roster
/// that say different things of one employee stay, whenever each was seen: only who chooses one of them by its id says which
/// one holds. Pure.
/// </summary>
public static class RetriedRows
{
    /// <summary>Each row with what it came to: it alone, accepted or rejected.</summary>
    /// <param name="timeZone">The company's: a roster's dates are days in it.</param>
    /// <param name="now">By our clock: nothing may have happened much later than that.</param>
    public static IReadOnlyList<(QuarantinedRow Row, JudgedRows Verdict)> Judge(
        IReadOnlyCollection<QuarantinedRow> rows,
        Catalogue catalogue,
        TimeZoneInfo timeZone,
        DateTimeOffset now
    )
    {
        var doubtful = rows.Where(row => row.RosterOf is not null)
            .GroupBy(row => row.RosterOf!.Serial, row => RosterRow.Parse(row.Raw), StringComparer.Ordinal)
            .ToDictionary(
                roster => roster.Key,
                roster => RosterStatuses.Contradicted([.. roster]),
                StringComparer.Ordinal
            );
        return [.. rows.Select(row => (row, JudgeOne(row)))];

        JudgedRows JudgeOne(QuarantinedRow row)
        {
            var context = new RowContext(row.LastSeenAt, now, catalogue);
            return row.RosterOf is { } course
                ? JudgedRows.Judge([RosterRow.Parse(row.Raw)], course, timeZone, context, doubtful[course.Serial])
                : JudgedRows.Judge([FeedRow.Parse(row.Raw)], context);
        }
    }
}
