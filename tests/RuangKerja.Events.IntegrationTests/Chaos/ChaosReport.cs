using System.Globalization;
using RuangKerja.Events.IntegrationTests.Faults.Judging;

namespace RuangKerja.Events.IntegrationTests.Chaos;

/// <summary>One process of the service from its start to its end.</summary>
internal sealed record InstanceLife(int Instance, int Life, IReadOnlyList<ProcessReading> Readings)
{
    // What a process takes while it starts tells nothing of where it goes.
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(1);

    public TimeSpan Length => Readings.Count == 0 ? TimeSpan.Zero : Readings[^1].At - Readings[0].At;

    public Trend? Megabytes => Trend.Of([.. Settled.Select(reading => (reading.At, reading.Megabytes))]);

    public Trend? Handles => Trend.Of([.. Settled.Select(reading => (reading.At, (double)reading.Handles))]);

    private IEnumerable<ProcessReading> Settled => Readings.Where(reading => reading.At - Readings[0].At >= WarmUp);
}

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

    /// <summary>Whether every promise was kept and nothing else is to complain of.</summary>
    public bool IsClean => Complaints.Count == 0 && Verdicts.Values.All(verdict => verdict.IsClean && verdict.IsTold);

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
        foreach (var complaint in Complaints)
            output.WriteLine($"COMPLAINT: {complaint}");
        output.WriteLine(IsClean ? "Every promise was kept." : "NOT CLEAN.");
    }

    private void PrintLives(TextWriter output)
    {
        output.WriteLine(
            $"{Lives.Count} lives of {Lives.DistinctBy(life => life.Instance).Count()} instances. The longest, its first minute aside:"
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
