using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.IntegrationTests.Faults.Judging;

/// <summary>Holds what a subscriber got against what is stored.</summary>
internal static class Deliveries
{
    /// <param name="evidence">All there is.</param>
    /// <param name="received">The ids of the events that came, once each.</param>
    /// <param name="findings">Gets what is found.</param>
    public static void Judge(Evidence evidence, HashSet<Guid> received, Verdict findings)
    {
        JudgeContent(evidence, received, findings);
        JudgeOrder(evidence.Received, findings);
        JudgeEffects(evidence, findings);
    }

    private static void JudgeContent(Evidence evidence, HashSet<Guid> received, Verdict findings)
    {
        var stored = evidence.Stored.ToDictionary(s => s.EventId);
        findings.Lost.AddRange(
            evidence
                .Stored.Where(s => s.OutboxState is null && !received.Contains(s.EventId))
                .Select(s => $"{Oracle.Name(s)} left the outbox and was not received")
        );
        findings.Ghosts.AddRange(
            evidence
                .Received.Where(r => !stored.ContainsKey(r.EventId))
                .Select(r => $"{r.AssignmentId} v{r.Version} {r.Status} was received and is not stored")
        );
        findings.Ghosts.AddRange(
            from message in evidence.Received
            let change = stored.GetValueOrDefault(message.EventId)
            where change is not null && Said(message) != Said(change)
            select $"{Oracle.Name(change)} is stored as {Said(change)} and was received as {Said(message)}"
        );
    }

    /// <summary>What comes again is no disorder: it has the id of what came in order.</summary>
    private static void JudgeOrder(IReadOnlyList<CourseStatusChanged> received, Verdict findings)
    {
        foreach (var assignment in received.DistinctBy(r => r.EventId).GroupBy(r => (r.Company, r.AssignmentId)))
        {
            var before = 0L;
            foreach (var change in assignment)
            {
                if (change.Version <= before)
                    findings.Disordered.Add($"{change.AssignmentId} v{change.Version} came after v{before}");
                before = change.Version;
            }
        }
    }

    private static void JudgeEffects(Evidence evidence, Verdict findings)
    {
        if (evidence.Effects is not { } effects)
            return;

        var times = effects.CountBy(id => id).ToDictionary();
        findings.Effects.AddRange(
            from change in evidence.Received.DistinctBy(r => r.EventId)
            let count = times.GetValueOrDefault(change.EventId)
            where count != 1
            select $"{change.AssignmentId} v{change.Version} {change.Status} had its effect {count} times"
        );
    }

    private static Content Said(StoredChange change) =>
        new(
            change.Company,
            change.AssignmentId,
            change.Version,
            change.EmployeeId,
            change.CourseName,
            change.From,
            change.To,
            change.Kind,
            change.Attempt,
            change.Inferred
        );

    private static Content Said(CourseStatusChanged change) =>
        new(
            change.Company,
            change.AssignmentId,
            change.Version,
            change.EmployeeId,
            change.CourseName,
            change.PreviousStatus,
            change.Status,
            change.Kind,
            change.Attempt,
            change.Inferred
        );

    /// <summary>What a message must say as it is stored.</summary>
    private sealed record Content(
        string Company,
        string AssignmentId,
        long Version,
        string EmployeeId,
        string CourseName,
        string? From,
        string To,
        string Kind,
        int Attempt,
        bool Inferred
    );
}
