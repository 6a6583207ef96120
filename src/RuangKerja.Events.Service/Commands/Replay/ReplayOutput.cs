using RuangKerja.Events.Service.Commands.History;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Service.Commands.Replay;

/// <summary>Prints replays.</summary>
internal sealed class ReplayOutput(CommandContext context, OutputFormat output)
{
    private static readonly string[] Columns =
    [
        "replay",
        "state",
        "queue",
        "sent",
        "of",
        "by",
        "asked",
        "ended",
        "events",
        "reason",
    ];

    /// <summary>One.</summary>
    public void Write(ReplayJob job)
    {
        if (output == OutputFormat.Json)
            context.WriteJson(AsJson(job));
        else
            context.WriteTable(Columns, [Cells(job)]);
    }

    /// <summary>Some.</summary>
    public void Write(IReadOnlyList<ReplayJob> jobs)
    {
        if (output == OutputFormat.Json)
            context.WriteJson(jobs.Select(job => AsJson(job)));
        else
            context.WriteTable(Columns, jobs.Select(Cells));
    }

    /// <summary>One with what was done with it.</summary>
    public void Write(ReplayJob job, IReadOnlyList<ReplayAuditEntry> audit)
    {
        if (output == OutputFormat.Json)
        {
            context.WriteJson(AsJson(job, audit));
            return;
        }

        Write(job);
        context.WriteTable(
            ["when", "what", "by", "detail"],
            audit.Select(entry => new[] { EventLines.Time(entry.At), entry.Action, entry.By, entry.Detail ?? "" })
        );
    }

    /// <summary>With the members that the HTTP API gives a replay.</summary>
    private static object AsJson(ReplayJob job, IReadOnlyList<ReplayAuditEntry>? audit = null) =>
        new
        {
            job.Id,
            job.State,
            job.Destination,
            job.Rate,
            filter = AsJson(job.Filter),
            job.MissingOnly,
            job.RequestedBy,
            job.Door,
            job.RequestId,
            job.RequestedAt,
            job.StartedAt,
            job.EndedAt,
            job.UpdatedAt,
            job.Through,
            job.Position,
            job.Total,
            job.Sent,
            job.Unreadable,
            job.Reason,
            job.Holder,
            audit,
        };

    private static object AsJson(EventFilter filter) =>
        new
        {
            companies = filter.Companies.Select(company => company.Name),
            filter.RecordedFrom,
            filter.RecordedBefore,
            filter.OccurredFrom,
            filter.OccurredBefore,
            filter.FirstSequence,
            filter.LastSequence,
            filter.EmployeeId,
            filter.CourseName,
            filter.CourseSerial,
            assignmentId = filter.AssignmentId?.Value,
            statuses = filter.Statuses.Select(EventLines.Word),
            kinds = filter.Kinds.Select(EventLines.Word),
            filter.Baseline,
        };

    private static string[] Cells(ReplayJob job) =>
        [
            $"{job.Id}",
            ReplayTexts.State(job),
            job.Destination,
            $"{job.Sent}",
            $"{job.Total}",
            job.RequestedBy,
            EventLines.Time(job.RequestedAt),
            job.EndedAt is { } ended ? EventLines.Time(ended) : "",
            Meant(job),
            job.Reason ?? "",
        ];

    /// <summary>Which events, in a few words.</summary>
    private static string Meant(ReplayJob job)
    {
        var filter = job.Filter;
        string?[] words =
        [
            filter.Companies.Count > 0 ? string.Join(", ", filter.Companies) : null,
            filter.RecordedFrom is { } from ? $"stored from {EventLines.Time(from)}" : null,
            filter.RecordedBefore is { } before ? $"stored before {EventLines.Time(before)}" : null,
            filter.OccurredFrom is { } since ? $"happened from {EventLines.Time(since)}" : null,
            filter.OccurredBefore is { } until ? $"happened before {EventLines.Time(until)}" : null,
            filter.FirstSequence is { } first ? $"from {first}" : null,
            filter.LastSequence is { } last ? $"to {last}" : null,
            filter.EmployeeId is { } employee ? $"employee {employee}" : null,
            filter.CourseName is { } course ? $"course '{course}'" : null,
            filter.CourseSerial is { } serial ? $"course {serial}" : null,
            filter.AssignmentId is { } assignment ? $"assignment {assignment}" : null,
            filter.Statuses.Count > 0 ? string.Join(", ", filter.Statuses.Select(EventLines.Word)) : null,
            filter.Kinds.Count > 0 ? string.Join(", ", filter.Kinds.Select(EventLines.Word)) : null,
            filter.Baseline ? "with baseline" : null,
            job.MissingOnly ? "missing only" : null,
        ];
        var text = string.Join("; ", words.OfType<string>());
        return text.Length > 0 ? text : "all";
    }
}
