using System.Text.Json;
using RuangKerja.Events.Benchmarks.Figures;

namespace RuangKerja.Events.Benchmarks.Feed;

/// <summary>Memory while one answer of the feed holds 200,000 rows. Every run is a process of its own.</summary>
internal sealed class FeedBenchmark : IBenchmark
{
    private const int Runs = 3;
    private const double MostMegabytes = 150;
    private const double MostMegabytesOfTheClient = 50;

    // 20 of 24 hours: one window of a day takes all.
    private static readonly Population People = new(Employees: 20_000, Courses: 50, AssignmentsPerEmployee: 10, 20);

    public string Name => "feed";

    public string About => "One answer of 200,000 feed rows: memory above idle, through the client and a whole cycle.";

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var begin = TimeProvider.System.GetUtcNow().AddHours(-22);
        await using var simulator = await SimulatorProcess.StartAsync(People, cancellationToken);
        await using var server = await BenchmarkDatabase.StartAsync(cancellationToken);

        var task = new FeedTask(simulator.BaseAddress, Database: null, begin);
        var read = new List<FeedMemory>();
        var added = new List<FeedMemory>();
        var unchanged = new List<FeedMemory>();
        for (var run = 0; run < Runs; run++)
        {
            var database = await server.CreateAsync($"feed_{run}", cancellationToken);
            read.Add(await RunAsync(task, cancellationToken));
            added.Add(await StoreAsync(task with { Database = database }, cancellationToken));
            unchanged.Add(await StoreAsync(task with { Database = database }, cancellationToken));
        }

        var many = await server.CreateAsync("feed_server_gc", cancellationToken);
        var serverGc = await StoreAsync(task with { Database = many }, cancellationToken, serverGc: true);
        return
        [
            .. Figures("client alone", read, MostMegabytesOfTheClient),
            new("client alone: rows when all is read", "MB", [.. read.Select(r => r.Held.Heap)]),
            new("client alone: of these, the rows' strings", "MB", [.. read.Select(r => r.Strings)]),
            .. Figures("cycle, all new", added, MostMegabytes),
            .. Figures("cycle, all unchanged", unchanged, MostMegabytes),
            .. Figures("cycle, all new, server GC", [serverGc], limit: null),
        ];
    }

    private static IEnumerable<Figure> Figures(string name, IReadOnlyList<FeedMemory> runs, double? limit)
    {
        var target = limit is { } most ? Target.AtMost(most) : null;
        yield return new(
            $"{name}: peak working set above idle",
            "MB",
            [.. runs.Select(r => r.Peak.WorkingSet)],
            target
        );
        yield return new($"{name}: peak heap above idle", "MB", [.. runs.Select(r => r.Peak.Heap)], target);
        yield return new($"{name}: time", "s", [.. runs.Select(r => r.Seconds)]);
    }

    /// <summary>Reads the window from its beginning, whatever of it was read before.</summary>
    private static async Task<FeedMemory> StoreAsync(
        FeedTask task,
        CancellationToken cancellationToken,
        bool serverGc = false
    )
    {
        await BenchmarkDatabase.ExecuteAsync(
            task.Database!,
            $"update ruangkerja.poll_progress set watermark = '{task.Begin:O}' where tenant_id = '*DEFAULT*'",
            cancellationToken
        );
        // What autovacuum does within a minute: without statistics of so many new rows no plan can be good.
        await BenchmarkDatabase.ExecuteAsync(task.Database!, "vacuum analyze", cancellationToken);
        return await RunAsync(task, cancellationToken, serverGc);
    }

    private static async Task<FeedMemory> RunAsync(
        FeedTask task,
        CancellationToken cancellationToken,
        bool serverGc = false
    )
    {
        var line = await ChildProcess.RunAsync(
            [FeedProcess.Verb, JsonSerializer.Serialize(task)],
            cancellationToken,
            serverGc: serverGc
        );
        var memory = JsonSerializer.Deserialize<FeedMemory>(line)!;
        return memory.Rows == People.Assignments
            ? memory
            : throw new InvalidOperationException($"The window held {memory.Rows} rows.");
    }
}
