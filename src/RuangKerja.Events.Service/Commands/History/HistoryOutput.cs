using RuangKerja.Events.Courses;
using RuangKerja.Events.Service.Http.Api;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Service.Commands.History;

/// <summary>Prints timelines and past states.</summary>
internal sealed class HistoryOutput(CommandContext context, OutputFormat output)
{
    private static readonly string[] Columns =
    [
        "version",
        "happened",
        "stored",
        "kind",
        "step",
        "attempt",
        "source",
        "remarks",
    ];

    /// <summary>Every change of each.</summary>
    public void WriteTimelines(IReadOnlyList<(StoredAssignment Now, Timeline Timeline)> found)
    {
        if (output == OutputFormat.Json)
        {
            context.WriteJson(
                found.Select(one => new { assignment = AsJson(one.Now), events = one.Timeline.Events.Select(AsJson) })
            );
            return;
        }

        foreach (var (now, timeline) in found)
        {
            context.Out.WriteLine(Heading(now));
            context.WriteTable(Columns, timeline.Events.Select(Cells));
        }
    }

    /// <summary>What each was at the instant.</summary>
    public void WriteStates(
        IReadOnlyList<(StoredAssignment Now, Timeline Timeline)> found,
        DateTimeOffset instant,
        TimeBasis basis
    )
    {
        var states = found
            .Select(one =>
                (
                    one.Now,
                    State: one.Timeline.AsOf(instant, basis),
                    Unreadable: one.Timeline.UnreadableAsOf(instant, basis)
                )
            )
            .ToList();
        if (output == OutputFormat.Json)
        {
            context.WriteJson(
                states.Select(one => new
                {
                    assignment = AsJson(one.Now),
                    asOf = instant,
                    by = basis,
                    state = one.State is { } stood ? AsJson(stood) : null,
                    unreadableVersions = one.Unreadable,
                })
            );
            return;
        }

        context.WriteTable(
            ["company", "employee", "course", "assignment", "status", "version", "since", "attempt", "remarks"],
            states.Select(one => Cells(one.Now, one.State, one.Unreadable, basis))
        );
    }

    private static object AsJson(StoredAssignment assignment) =>
        new
        {
            company = assignment.Company.Name,
            assignmentId = assignment.Snapshot.Id,
            assignment.Snapshot.EmployeeId,
            assignment.Snapshot.CourseName,
            assignment.Snapshot.CourseSerial,
            status = EventLines.Word(assignment.Snapshot.Status),
            assignment.Snapshot.Version,
        };

    private static object AsJson(StoredEvent stored) =>
        new
        {
            stored.Version,
            stored.RecordedAt,
            baseline = stored.Change?.Baseline ?? false,
            @event = EventEntries.Entry(stored),
        };

    private static string Heading(StoredAssignment now) =>
        $"{now.Company}: employee {now.Snapshot.EmployeeId}, course '{now.Snapshot.CourseName}'"
        + $"{(now.Snapshot.CourseSerial is { } serial ? $" ({serial})" : "")}, assignment {now.Snapshot.Id}: "
        + EventLines.Word(now.Snapshot.Status);

    private static string[] Cells(StoredEvent stored) =>
        stored.Change is { } change
            ?
            [
                $"{stored.Version}",
                EventLines.Time(change.OccurredAt),
                EventLines.Time(stored.RecordedAt),
                EventLines.Word(change.Kind),
                EventLines.Step(change),
                $"{change.Attempt}",
                $"{change.Source}".ToLowerInvariant(),
                Remarks(change),
            ]
            :
            [
                $"{stored.Version}",
                "",
                EventLines.Time(stored.RecordedAt),
                "",
                "",
                "",
                "",
                $"cannot be read: {stored.Unreadable}",
            ];

    private static string[] Cells(
        StoredAssignment now,
        StoredEvent? state,
        IReadOnlyList<long> unreadable,
        TimeBasis basis
    ) =>
        [
            now.Company.Name,
            now.Snapshot.EmployeeId,
            now.Snapshot.CourseName,
            now.Snapshot.Id,
            state?.Change is { } change ? EventLines.Word(change.Status)
            : unreadable.Count > 0 ? "cannot be told"
            : "not known yet",
            state is null ? "" : $"{state.Version}",
            state?.Change is { } since
                ? EventLines.Time(basis == TimeBasis.Recorded ? state.RecordedAt : since.OccurredAt)
                : "",
            state?.Change is { } counted ? $"{counted.Attempt}" : "",
            unreadable.Count > 0 ? $"cannot be read: version {string.Join(", ", unreadable)}" : "",
        ];

    private static string Remarks(CourseStatusChanged change)
    {
        string?[] remarks =
        [
            change.Inferred ? "inferred" : null,
            change.Baseline ? "baseline" : null,
            change.OccurredAtPrecision switch
            {
                OccurredAtPrecision.Day => "to the day",
                OccurredAtPrecision.Observed => "as observed",
                _ => null,
            },
        ];
        return string.Join(", ", remarks.OfType<string>());
    }
}
