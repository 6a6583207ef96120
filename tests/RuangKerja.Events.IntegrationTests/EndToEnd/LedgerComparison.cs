using RuangKerja.Events.Contracts;
using RuangKerja.Simulator.Ledger;
using RuangKerja.Simulator.People;

namespace RuangKerja.Events.IntegrationTests.EndToEnd;

/// <summary>What truly happened against what a subscriber was told.</summary>
internal static class LedgerComparison
{
    /// <summary>Every transition once, in order per assignment, with versions that have no gap; nothing else.</summary>
    public static void ShouldTell(this IReadOnlyList<CourseStatusChanged> told, IReadOnlyList<LedgerEntry> truth)
    {
        told.ShouldTellPart(truth);
        told.ShouldHaveVersionsWithoutGaps();
    }

    private static void ShouldHaveVersionsWithoutGaps(this IReadOnlyList<CourseStatusChanged> told)
    {
        foreach (var assignment in told.GroupBy(t => t.AssignmentId))
        {
            var versions = assignment.Select(t => t.Version).ToList();
            versions.ShouldBe(Enumerable.Range(0, versions.Count).Select(i => versions[0] + i).ToList());
        }
    }

    /// <summary>
    /// Every transition once, in order, with versions that have no gap: told apart by employee and course, since a roster
    /// does not tell the assignment's own serial. Nobody may hold a course twice.
    /// </summary>
    public static void ShouldTellByCourse(
        this IReadOnlyList<CourseStatusChanged> told,
        IReadOnlyList<LedgerEntry> truth
    )
    {
        told.Select(t => t.EventId).ShouldBeUnique();
        Lines(told, t => $"{t.EmployeeId} {t.CourseName}", t => t.PreviousStatus, t => t.Status)
            .ShouldBe(Lines(truth, t => $"{t.EmployeeId} {t.CourseName}", t => t.From?.Word(), t => t.To.Word()));
        told.ShouldHaveVersionsWithoutGaps();
    }

    /// <summary>Every one of these transitions once, in order per assignment; nothing else.</summary>
    public static void ShouldTellPart(this IReadOnlyList<CourseStatusChanged> told, IReadOnlyList<LedgerEntry> truth)
    {
        told.Select(t => t.EventId).ShouldBeUnique();
        Steps(told).ShouldBe(Steps(truth));
    }

    /// <summary>One line per assignment: who, what, and the statuses it went through.</summary>
    private static List<string> Steps(IEnumerable<CourseStatusChanged> told) =>
        Lines(
            told,
            t => $"{t.EmployeeId} {t.AssignedCourseSerial} {t.CourseName}",
            t => t.PreviousStatus,
            t => t.Status
        );

    private static List<string> Steps(IEnumerable<LedgerEntry> truth) =>
        Lines(
            truth,
            t => $"{t.EmployeeId} {t.AssignedCourseSerial} {t.CourseName}",
            t => t.From?.Word(),
            t => t.To.Word()
        );

    private static List<string> Lines<T>(
        IEnumerable<T> steps,
        Func<T, string> assignment,
        Func<T, string?> from,
        Func<T, string> to
    ) =>
        [
            .. steps
                .GroupBy(assignment)
                .Select(g => $"{g.Key}: {string.Join(", ", g.Select(s => $"{from(s) ?? "none"}>{to(s)}"))}")
                .Order(StringComparer.Ordinal),
        ];
}
