using RuangKerja.Events.Contracts;
using RuangKerja.Simulator.Ledger;
using RuangKerja.Simulator.People;

namespace RuangKerja.Events.IntegrationTests.Faults.Judging;

/// <summary>
/// Holds what truly happened against what is stored and what a subscriber got. Assignments are told apart by employee and
/// course, since a roster does not tell the assignment's own serial: nobody may hold a course twice.
/// </summary>
internal static class Oracle
{
    public static Verdict Judge(Evidence evidence)
    {
        var truth = evidence.Truth.ToLookup(entry => (entry.Company, entry.EmployeeId, entry.CourseName));
        var stored = evidence.Stored.ToLookup(change => (change.Company, change.EmployeeId, change.CourseName));
        var findings = new Verdict(0, 0, 0, 0, 0, 0);
        var collapsed = truth
            .Select(t => t.Key)
            .Union(stored.Select(s => s.Key))
            .Sum(key => Compare([.. truth[key]], [.. stored[key].OrderBy(s => s.Version)], findings));

        var received = evidence.Received.Select(r => r.EventId).ToHashSet();
        JudgeDelivery(evidence, received, findings);
        JudgeOrder(evidence.Received, findings);
        JudgeEffects(evidence, findings);
        return findings with
        {
            Changes = evidence.Truth.Count,
            Stored = evidence.Stored.Count,
            Received = received.Count,
            Waiting = evidence.Stored.Count(s => s.OutboxState is not null),
            Collapsed = collapsed,
            Repeated = evidence.Received.Count - received.Count,
        };
    }

    /// <summary>
    /// One assignment: its stored changes are to be its true ones, in order. Returns how many true ones nobody could see: a step
    /// that was over before the next look, or a way there and back.
    /// </summary>
    private static int Compare(List<LedgerEntry> truth, List<StoredChange> stored, Verdict findings)
    {
        int next = 0,
            collapsed = 0;
        StoredChange? before = null;
        foreach (var change in stored)
        {
            var at = truth.FindIndex(next, entry => entry.To.Word() == change.To);
            if (at >= 0)
            {
                collapsed += at - next;
                next = at + 1;
            }
            else
            {
                var isAgain = before is not null && before.To == change.To;
                (isAgain ? findings.Doubled : findings.Ghosts).Add($"{Name(change)} is stored and did not happen");
            }

            if (before is not null && change.Version != before.Version + 1)
                findings.Disordered.Add($"{Name(change)} follows version {before.Version}");
            if (before is not null && change.From != before.To)
                findings.Disordered.Add($"{Name(change)} says it was {change.From}, and it was {before.To}");
            before = change;
        }

        if (before is not null && before.SnapshotStatus != before.To)
            findings.Lost.Add($"{Name(before)} is stored, and its snapshot says {before.SnapshotStatus}");

        var rest = truth[next..];
        var known = before is null ? truth.FirstOrDefault()?.From?.Word() : before.To;
        if (rest.Count == 0 || rest[^1].To.Word() == known)
            return collapsed + rest.Count;

        findings.Lost.AddRange(
            rest.Select(e =>
                $"{e.EmployeeId} {e.CourseName} {e.From?.Word()}>{e.To.Word()} of {e.At:O} happened and is not stored"
            )
        );
        return collapsed;
    }

    private static void JudgeDelivery(Evidence evidence, HashSet<Guid> received, Verdict findings)
    {
        var stored = evidence.Stored.Select(s => s.EventId).ToHashSet();
        findings.Lost.AddRange(
            evidence
                .Stored.Where(s => s.OutboxState is null && !received.Contains(s.EventId))
                .Select(s => $"{Name(s)} left the outbox and was not received")
        );
        findings.Ghosts.AddRange(
            evidence
                .Received.Where(r => !stored.Contains(r.EventId))
                .Select(r => $"{r.AssignmentId} v{r.Version} {r.Status} was received and is not stored")
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

    private static string Name(StoredChange change) =>
        $"{change.AssignmentId} v{change.Version} {change.From}>{change.To}";
}
