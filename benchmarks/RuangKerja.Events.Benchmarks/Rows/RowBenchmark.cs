using System.Text.Json;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using RuangKerja.Events.Benchmarks.Figures;

namespace RuangKerja.Events.Benchmarks.Rows;

/// <summary>What a row costs, in a process of its own that has one core.</summary>
internal sealed class RowBenchmark : IBenchmark
{
    public const string Verb = "rows-on-one-core";
    private const double NanosecondsPerSecond = 1e9;

    // A few bytes belong to a call, however many rows it takes.
    private const double NoBytes = 0.1;

    public string Name => "rows";

    public string About => "Reading, judging and detecting rows on one core, everything in memory.";

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var measured = JsonSerializer.Deserialize<List<Cost>>(
            await ChildProcess.RunAsync([Verb], cancellationToken, core: 0)
        )!;
        return [.. measured.SelectMany(Figures)];
    }

    /// <summary>In the process.</summary>
    public static int Measure()
    {
        var output = Console.Out;
        Console.SetOut(TextWriter.Null);
        var config = ManualConfig
            .CreateEmpty()
            .AddJob(
                Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
                    .WithStrategy(RunStrategy.Throughput)
                    .WithInvocationCount(1)
                    .WithUnrollFactor(1)
                    .WithWarmupCount(4)
                    .WithIterationCount(12)
            )
            .AddColumnProvider(BenchmarkDotNet.Columns.DefaultColumnProviders.Instance)
            .WithArtifactsPath(Path.Combine("artifacts", "benchmarks"));
        Summary[] summaries =
        [
            BenchmarkRunner.Run<DetectionBenchmarks>(config),
            BenchmarkRunner.Run<ReadingBenchmarks>(config),
        ];
        Console.SetOut(output);
        Console.WriteLine(JsonSerializer.Serialize(summaries.SelectMany(s => s.Reports).Select(CostOf)));
        return 0;
    }

    private static Cost CostOf(BenchmarkReport report)
    {
        var memory = report.GcStats;
        return new Cost(
            report.BenchmarkCase.Descriptor.WorkloadMethod.Name,
            [
                .. report
                    .AllMeasurements.Where(m => m.Is(IterationMode.Workload, IterationStage.Result))
                    .Select(m => m.Nanoseconds / m.Operations),
            ],
            memory.GetTotalAllocatedBytes(excludeAllocationQuantumSideEffects: true) is { } bytes
            && memory.TotalOperations > 0
                ? (double)bytes / memory.TotalOperations
                : double.NaN
        );
    }

    private static IEnumerable<Figure> Figures(Cost cost)
    {
        var isUnchanged = cost.Benchmark.StartsWith("Unchanged", StringComparison.Ordinal);
        var name = Words(cost.Benchmark);
        yield return new Figure(
            name,
            "rows/s",
            [.. cost.NanosecondsPerRow.Select(one => NanosecondsPerSecond / one)],
            isUnchanged ? Target.AtLeast(1_000_000) : null
        );
        yield return new Figure(
            $"{name}, allocated",
            "B/row",
            [cost.BytesPerRow],
            isUnchanged ? Target.AtMost(NoBytes) : null
        );
    }

    private static string Words(string benchmark) =>
        benchmark switch
        {
            nameof(DetectionBenchmarks.UnchangedFeedLinked) => "detect: feed, unchanged, linked",
            nameof(DetectionBenchmarks.UnchangedFeedUnlinked) => "detect: feed, unchanged, unlinked",
            nameof(DetectionBenchmarks.UnchangedRosterLinked) => "detect: roster, unchanged, linked",
            nameof(DetectionBenchmarks.UnchangedRosterUnlinked) => "detect: roster, unchanged, unlinked",
            nameof(DetectionBenchmarks.ChangedFeed) => "detect: feed, all changed",
            nameof(DetectionBenchmarks.NewFeed) => "detect: feed, all new",
            nameof(ReadingBenchmarks.ReadFeed) => "read: feed",
            nameof(ReadingBenchmarks.ReadRosterPages) => "read: roster pages of 100",
            nameof(ReadingBenchmarks.JudgeFeed) => "judge: feed",
            nameof(ReadingBenchmarks.JudgeRoster) => "judge: roster",
            _ => benchmark,
        };

    private sealed record Cost(string Benchmark, IReadOnlyList<double> NanosecondsPerRow, double BytesPerRow);
}
