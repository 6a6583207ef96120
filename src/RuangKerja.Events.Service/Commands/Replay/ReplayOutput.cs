using RuangKerja.Events.Service.Commands.History;
using RuangKerja.Events.Service.Http.Api;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Service.Commands.Replay;

/// <summary>Prints replays; as JSON the same as the HTTP API does.</summary>
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
            context.WriteApiJson(ReplayView.Of(job));
        else
            context.WriteTable(Columns, [Cells(job)]);
    }

    /// <summary>Some.</summary>
    public void Write(IReadOnlyList<ReplayJob> jobs)
    {
        if (output == OutputFormat.Json)
            context.WriteApiJson(jobs.Select(job => ReplayView.Of(job)));
        else
            context.WriteTable(Columns, jobs.Select(Cells));
    }

    /// <summary>One with what was done with it.</summary>
    public void Write(ReplayJob job, IReadOnlyList<ReplayAuditEntry> audit)
    {
        if (output == OutputFormat.Json)
        {
            context.WriteApiJson(ReplayView.Of(job, audit));
            return;
        }

        Write(job);
        context.WriteTable(
            ["when", "what", "by", "detail"],
            audit.Select(entry => new[] { EventLines.Time(entry.At), entry.Action, entry.By, entry.Detail ?? "" })
        );
    }

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
