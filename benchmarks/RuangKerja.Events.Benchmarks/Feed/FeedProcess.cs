using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Polling;

namespace RuangKerja.Events.Benchmarks.Feed;

/// <summary>What the process is to do.</summary>
/// <param name="Database">Where the rows go; null when they are only read.</param>
/// <param name="Begin">Where the window of all rows begins.</param>
internal sealed record FeedTask(Uri Api, string? Database, DateTimeOffset Begin);

/// <summary>What a large window came to, in the process that read it.</summary>
/// <param name="Peak">The most memory above idle at any time.</param>
/// <param name="Held">What was still referenced in the end, above idle: the rows, when they are only read.</param>
/// <param name="Strings">How many MB of that are the rows' strings, each counted once.</param>
internal sealed record FeedMemory(
    int Rows,
    int Events,
    double Seconds,
    MemoryAbove Peak,
    MemoryAbove Held,
    double Strings
);

/// <summary>One window of very many rows, in a process that does nothing else and was idle before.</summary>
internal static class FeedProcess
{
    public const string Verb = "feed";

    // Enough that all code was run, and few enough that nothing grew.
    private const int WarmUpCycles = 20;

    private static readonly FeedPollingOptions WarmUp = new()
    {
        MaxWindow = TimeSpan.FromMinutes(1),
        Overlap = TimeSpan.Zero,
    };

    /// <summary>In the process.</summary>
    public static async Task<int> RunAsync(string task)
    {
        var asked = JsonSerializer.Deserialize<FeedTask>(task)!;
        var memory = asked.Database is { } database ? await StoreAsync(asked, database) : await ReadAsync(asked);
        Console.WriteLine(JsonSerializer.Serialize(memory));
        return 0;
    }

    /// <summary>A whole cycle: the client's answer, judged, detected and stored.</summary>
    private static async Task<FeedMemory> StoreAsync(FeedTask task, string database)
    {
        // Another company's rows: the same code, and the window stays to be read.
        await using (var warmUp = new Pipeline(database, task.Api, WarmUp with { StartFrom = task.Begin.AddHours(2) }))
        {
            Company.TryCreate("warm-up", out var other);
            using var polled = warmUp.Poll(other);
            await polled.Catalogue.RenewAsync(CancellationToken.None);
            for (var i = 0; i < WarmUpCycles; i++)
                await polled.Feed.RunAsync(CancellationToken.None);
        }

        var options = new FeedPollingOptions { StartFrom = task.Begin, MaxItems = 1_000_000 };
        await using var pipeline = new Pipeline(database, task.Api, options);
        using var company = pipeline.Poll(Company.Default);
        await company.Catalogue.RenewAsync(CancellationToken.None);
        return await MeasureAsync(async () =>
        {
            var result = await company.Feed.RunAsync(CancellationToken.None);
            return (result.Rows, result.Events, null);
        });
    }

    /// <summary>The client alone; its rows are held to the end.</summary>
    private static async Task<FeedMemory> ReadAsync(FeedTask task)
    {
        using var api = RuangKerjaApi.Create(
            SimulatorProcess.ApiOptions(task.Api),
            TimeProvider.System,
            NullLoggerFactory.Instance
        );
        var begin = task.Begin.AddHours(2);
        for (var i = 0; i < WarmUpCycles; i++)
            await api.ReadFeedAsync(new(begin.AddMinutes(i), begin.AddMinutes(i + 1)), CancellationToken.None);
        return await MeasureAsync(async () =>
        {
            var answer = await api.ReadFeedAsync(new(task.Begin, task.Begin.AddDays(1)), CancellationToken.None);
            return (answer.Rows.Count, 0, answer.Rows);
        });
    }

    private static async Task<FeedMemory> MeasureAsync(
        Func<Task<(int Rows, int Events, IReadOnlyList<FeedRow>? Held)>> work
    )
    {
        var idle = MemorySampler.Settled();
        using var sampler = new MemorySampler();
        var started = TimeProvider.System.GetTimestamp();
        var (rows, events, held) = await work();
        var elapsed = TimeProvider.System.GetElapsedTime(started);
        var peak = sampler.Stop();
        // Off the stack of what has just ended, which still refers to all it worked on.
        await Task.Yield();
        var left = MemorySampler.Settled();
        var strings = held is null ? 0 : RowStrings.Megabytes(held);
        return new(rows, events, elapsed.TotalSeconds, peak.Above(idle), left.Above(idle), strings);
    }
}
