using System.Globalization;
using RuangKerja.Events.IntegrationTests.Faults.Judging;

namespace RuangKerja.Events.IntegrationTests.Chaos;

/// <summary>What a run came to.</summary>
/// <param name="Verdicts">By company.</param>
/// <param name="Complaints">What the oracle does not see: a process that ended by itself, a server that did not come back.</param>
internal sealed record ChaosReport(
    IReadOnlyList<PlannedFault> Injected,
    IReadOnlyDictionary<string, Verdict> Verdicts,
    IReadOnlyList<string> Complaints,
    IReadOnlyList<InstanceLife> Lives
)
{
    private static readonly string[] Head =
    [
        "changes",
        "stored",
        "received",
        "waiting",
        "collapsed",
        "repeated",
        "lost",
        "ghosts",
        "doubled",
        "out of order",
    ];

    /// <summary>How many changes each verdict must be about at least: a run without life proves nothing.</summary>
    public required int LeastChanges { get; init; }

    /// <summary>Whether every promise was kept and nothing else is to complain of.</summary>
    public bool IsClean => !Findings().Any();

    /// <summary>
    /// How many steps may be lost to sight: an assignment rests longer than a fault lasts, and only one whose way to us was
    /// cut for longer may have moved twice between two looks. More of them are a watermark that runs ahead.
    /// </summary>
    private static int MostCollapsed(Verdict verdict) => Math.Max(2, verdict.Changes / 100);

    public void Print(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{Injected.Count} faults:");
        foreach (
            var kind in Injected.GroupBy(f => $"{f.Target.Part}: {f.Fault}").OrderBy(k => k.Key, StringComparer.Ordinal)
        )
            output.WriteLine($"  {kind.Key, -32}{kind.Count(), 4}");

        output.WriteLine();
        output.WriteLine($"{"", 10}{string.Concat(Head.Select(word => $"{word, 13}"))}");
        foreach (var (company, verdict) in Verdicts)
            output.WriteLine($"{company, -10}{string.Concat(Cells(verdict).Select(cell => $"{cell, 13}"))}");
        foreach (var (company, verdict) in Verdicts.Where(v => !v.Value.IsClean))
            output.WriteLine($"{company}: {verdict}");

        output.WriteLine();
        PrintLives(output);
        foreach (var finding in Findings())
            output.WriteLine($"COMPLAINT: {finding}");
        output.WriteLine(IsClean ? "Every promise was kept." : "NOT CLEAN.");
    }

    private IEnumerable<string> Findings()
    {
        foreach (var complaint in Complaints)
            yield return complaint;
        foreach (var (company, verdict) in Verdicts)
        {
            if (!verdict.IsClean)
                yield return $"{company}: a promise was broken";
            if (!verdict.IsTold)
                yield return $"{company}: not everything was told";
            if (verdict.Collapsed > MostCollapsed(verdict))
                yield return $"{company}: {verdict.Collapsed} steps were never seen, {MostCollapsed(verdict)} are allowed";
            if (verdict.Changes < LeastChanges)
                yield return $"{company}: {verdict.Changes} changes, and a run of this length has {LeastChanges} at least";
        }
    }

    private void PrintLives(TextWriter output)
    {
        output.WriteLine(
            $"{Lives.Count} lives of {Lives.DistinctBy(life => life.Instance).Count()} instances. The longest, its first minute aside (to look at; not judged):"
        );
        if (Lives.MaxBy(life => life.Length) is not { Megabytes: { } memory, Handles: { } handles } longest)
        {
            output.WriteLine("  none was longer than that, or this system has no /proc.");
            return;
        }

        output.WriteLine($"  instance {longest.Instance}, life {longest.Life}, {longest.Length.TotalMinutes:0.0} min");
        output.WriteLine($"  memory (MiB)  {Line(memory)}");
        output.WriteLine($"  handles       {Line(handles)}");
    }

    private static int[] Cells(Verdict verdict) =>
        [
            verdict.Changes,
            verdict.Stored,
            verdict.Received,
            verdict.Waiting,
            verdict.Collapsed,
            verdict.Repeated,
            verdict.Lost.Count,
            verdict.Ghosts.Count,
            verdict.Doubled.Count,
            verdict.Disordered.Count,
        ];

    private static string Line(Trend trend) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"first {trend.First:0.#}, last {trend.Last:0.#}, median {trend.Median:0.#}, slope {trend.PerMinute:+0.00;-0.00;0.00} per minute"
        );
}
