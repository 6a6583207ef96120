using System.Diagnostics;
using RuangKerja.Events.Benchmarks.Feed;
using RuangKerja.Events.Benchmarks.Figures;
using RuangKerja.Events.Benchmarks.Replays;
using RuangKerja.Events.Benchmarks.Rosters;
using RuangKerja.Events.Benchmarks.Rows;
using RuangKerja.Events.Benchmarks.Storage;
using RuangKerja.Events.Benchmarks.Subscribers;

namespace RuangKerja.Events.Benchmarks;

/// <summary>Runs the benchmarks that were asked for, or all, and prints their figures.</summary>
internal static class BenchmarkRun
{
    private static readonly IReadOnlyList<IBenchmark> All =
    [
        new RowBenchmark(),
        new PageBenchmark(),
        new SweepBenchmark(),
        new FeedBenchmark(),
        new CommitBenchmark(),
        new HistoryBenchmark(),
        new ReplayBenchmark(),
        new SubscriberBenchmark(),
    ];

    /// <summary>The exit code: 0 done, whatever the figures say; 2 when there is no such benchmark.</summary>
    public static async Task<int> RunAsync(string[] names)
    {
        if (Array.Find(names, name => !All.Any(benchmark => benchmark.Name == name)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"There is no benchmark '{unknown}'. There is:");
            foreach (var benchmark in All)
                await Console.Error.WriteLineAsync($"  {benchmark.Name, -8} {benchmark.About}");
            return 2;
        }

        using var interrupted = new CancellationTokenSource();
        Console.CancelKeyPress += (_, key) =>
        {
            key.Cancel = true;
            interrupted.Cancel();
        };
        Console.WriteLine($"{Machine.Describe()}");
        foreach (var benchmark in All.Where(benchmark => names.Length == 0 || names.Contains(benchmark.Name)))
        {
            await Console.Error.WriteLineAsync($"Measuring: {benchmark.Name}");
            var busy = Machine.Load();
            var started = Stopwatch.GetTimestamp();
            var figures = await benchmark.RunAsync(interrupted.Token);
            var elapsed = Stopwatch.GetElapsedTime(started);
            Console.WriteLine();
            Console.WriteLine($"{benchmark.Name}: {benchmark.About}");
            Console.WriteLine($"(took {elapsed.TotalSeconds:F0} s; load before {busy})");
            Console.WriteLine();
            FigureTable.Write(Console.Out, figures);
        }

        return 0;
    }
}
