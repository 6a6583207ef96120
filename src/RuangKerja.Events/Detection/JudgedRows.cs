using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Detection;

/// <summary>When rows were seen, and what their courses' names lead to.</summary>
/// <param name="SeenAt">When the answer was given, by the API's own clock where it tells.</param>
/// <param name="Now">By our clock: nothing may have happened much later than that.</param>
public sealed record RowContext(DateTimeOffset SeenAt, DateTimeOffset Now, Catalogue Catalogue);

/// <summary>The rows of one answer, parted: what can be detected on, and what goes to quarantine.</summary>
public sealed record JudgedRows(IReadOnlyList<Observation> Accepted, IReadOnlyList<RejectedRow> Rejected)
{
    /// <summary>The courses of accepted rows whose name does not lead to a serial, each one once.</summary>
    public IReadOnlyCollection<CourseReference> Unlinked { get; init; } = [];

    /// <summary>Judges rows of the feed. No row is lost: each is in one of the two lists.</summary>
    public static JudgedRows Judge(IReadOnlyCollection<FeedRow> rows, RowContext context)
    {
        var validator = new FeedRowValidator(context.Now);
        var courses = new Dictionary<string, CourseReference>(StringComparer.Ordinal);
        var accepted = new List<Observation>(rows.Count);
        var rejected = new List<RejectedRow>();
        foreach (var row in rows)
        {
            var verdict = validator.Validate(row);
            if (!verdict.IsValid)
            {
                rejected.Add(new RejectedRow(row.Raw, [.. verdict.Errors.Select(e => e.ErrorMessage)]));
                continue;
            }

            if (!courses.TryGetValue(row.CourseName!, out var course))
                courses.Add(row.CourseName!, course = context.Catalogue.Named(row.CourseName!));
            accepted.Add(Observing.Read(row, course, context.SeenAt));
        }

        return new JudgedRows(accepted, rejected)
        {
            Unlinked = [.. courses.Values.Where(course => course.Link != CourseLink.Linked)],
        };
    }

    /// <summary>
    /// Judges rows of a course's roster. No row is lost: each is in one of the two lists. Rows that say different things of
    /// one employee are bad, all of them: which one holds is not said, and to take one is to guess.
    /// </summary>
    /// <param name="timeZone">The company's: a roster's dates are days in it.</param>
    public static JudgedRows Judge(
        IReadOnlyCollection<RosterRow> rows,
        CatalogueCourse rosterOf,
        TimeZoneInfo timeZone,
        RowContext context
    ) => Judge(rows, rosterOf, timeZone, context, RosterStatuses.Contradicted(rows));

    /// <summary>The same for rows that are not all that is known to contradict each other.</summary>
    /// <param name="doubtful">The employees of whom different things are said.</param>
    /// <inheritdoc cref="Judge(IReadOnlyCollection{RosterRow}, CatalogueCourse, TimeZoneInfo, RowContext)"/>
    public static JudgedRows Judge(
        IReadOnlyCollection<RosterRow> rows,
        CatalogueCourse rosterOf,
        TimeZoneInfo timeZone,
        RowContext context,
        IReadOnlySet<string> doubtful
    )
    {
        var validator = new RosterRowValidator(rosterOf.Serial, context.Now);
        var course = context.Catalogue.Rostered(rosterOf);
        var accepted = new List<Observation>(rows.Count);
        var rejected = new List<RejectedRow>();
        foreach (var row in rows)
        {
            var verdict = validator.Validate(row);
            if (row.EmployeeId is { } employee && doubtful.Contains(employee))
                verdict.Errors.Add(new("status", RosterStatuses.Contradiction(employee)));
            if (verdict.IsValid)
                accepted.Add(Observing.Read(row, course, timeZone, context.SeenAt));
            else
                rejected.Add(new RejectedRow(row.Raw, [.. verdict.Errors.Select(e => e.ErrorMessage)], rosterOf));
        }

        return new JudgedRows(accepted, rejected);
    }
}
