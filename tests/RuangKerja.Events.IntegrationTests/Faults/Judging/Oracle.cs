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
        Deliveries.Judge(evidence, received, findings);
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
            // One that changes nothing is the one before again, whatever else may come to be true.
            var at = change.From == change.To ? -1 : truth.FindIndex(next, entry => entry.To.Word() == change.To);
            if (at >= 0)
            {
                collapsed += at - next;
                next = at + 1;
            }
            else
            {
                var isAgain = change.From == change.To || before?.To == change.To;
                (isAgain ? findings.Doubled : findings.Ghosts).Add($"{Name(change)} is stored and did not happen");
            }

            JudgePlace(change, before, findings);
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

    /// <summary>An assignment's first change follows what is stored of its past, if anything.</summary>
    private static void JudgePlace(StoredChange change, StoredChange? before, Verdict findings)
    {
        var (version, status) =
            before is not null ? (before.Version, before.To)
            : change.Forerunner is { } past ? (past.Version, past.Status)
            : (0, (string?)null);
        if (change.Version != version + 1)
            findings.Disordered.Add($"{Name(change)} follows version {version}");
        if (change.From != status)
            findings.Disordered.Add(
                $"{Name(change)} says it was {change.From ?? "none"}, and it was {status ?? "none"}"
            );
        if (change.Inferred != SkipsAStep(change))
            findings.Ghosts.Add($"{Name(change)} is {(change.Inferred ? "" : "not ")}marked as inferred");
    }

    /// <summary>An end without a beginning: a step was never seen.</summary>
    private static bool SkipsAStep(StoredChange change) =>
        change.From is null or CourseStatuses.NotStarted
        && change.To is CourseStatuses.Completed or CourseStatuses.Failed or CourseStatuses.Expired;

    /// <summary>How findings call it.</summary>
    internal static string Name(StoredChange change) =>
        $"{change.AssignmentId} v{change.Version} {change.From}>{change.To}";
}
