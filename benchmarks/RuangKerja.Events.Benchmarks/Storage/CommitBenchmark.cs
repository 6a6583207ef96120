using RuangKerja.Events.Benchmarks.Figures;
using RuangKerja.Events.Benchmarks.Rows;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Benchmarks.Storage;

/// <summary>
/// How fast assignments are stored, by the size of a transaction and the engine. Each size has a database of its own.
/// </summary>
internal sealed class CommitBenchmark : IBenchmark
{
    private const int Rows = 40_000;
    private const int WarmUpRows = 10_000;
    private static readonly int[] Sizes = [1_000, 2_000, 5_000, 20_000];

    // Marten sends a page for each 500 statements, however large a transaction is.
    private static readonly int[] SizesOfOthers = [2_000];

    public string Name => "commits";

    public string About =>
        $"Loading, detecting and storing {Rows:N0} rows in chunks of several sizes, one after the other, with each engine.";

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await using var server = await BenchmarkDatabase.StartAsync(cancellationToken);
        var figures = new List<Figure>();
        foreach (var engine in MeasuredEngines.All)
        {
            await MeasureAsync(server, engine, size: 5_000, WarmUpRows, cancellationToken);
            foreach (var size in engine == NpgsqlEngine.Instance ? Sizes : SizesOfOthers)
                figures.AddRange(await MeasureAsync(server, engine, size, Rows, cancellationToken));
        }

        return figures;
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(
        BenchmarkDatabase server,
        IStorageEngine engine,
        int size,
        int rows,
        CancellationToken cancellationToken
    )
    {
        var name = $"{engine.Name}_{size}_{rows}".ToLowerInvariant();
        await using var counter = RoundTripCounter.Before(await server.CreateAsync(name, cancellationToken, engine));
        await using var pipeline = new Pipeline(counter.ConnectionString, api: null, engine: engine);
        var now = TimeProvider.System.GetUtcNow();
        var progress = await pipeline.Store.StartProgressAsync(Company.Default, now, now, cancellationToken);
        var writer = pipeline.NewWriter(Company.Default);
        var standing = new WatermarkMove(progress.Watermark, progress.Watermark, CaughtUp: true);

        var added = await WriteAsync(steps: 0, events: rows);
        var changed = await WriteAsync(steps: 1, events: rows);
        var unchanged = await WriteAsync(steps: 1, events: 0);
        return
        [
            new($"{engine.Name}, chunks of {size:N0}: new", "rows/s", added.Rates),
            new($"{engine.Name}, chunks of {size:N0}: changed", "rows/s", changed.Rates),
            new($"{engine.Name}, chunks of {size:N0}: unchanged", "rows/s", unchanged.Rates),
            new($"{engine.Name}, chunks of {size:N0}: round trips, new", "per chunk", added.RoundTrips),
            new($"{engine.Name}, chunks of {size:N0}: round trips, changed", "per chunk", changed.RoundTrips),
        ];

        async Task<(List<double> Rates, List<double> RoundTrips)> WriteAsync(int steps, int events)
        {
            var all = SampleRows.Feed(rows, SampleRows.Linked, steps);
            var rates = new List<double>();
            var roundTrips = new List<double>();
            var stored = 0;
            foreach (var chunk in all.Chunk(size))
            {
                var before = counter.RoundTrips;
                var started = TimeProvider.System.GetTimestamp();
                var judged = new JudgedRows(chunk, []);
                var written = await writer.WriteAsync(
                    judged,
                    standing,
                    baseline: default,
                    writer.NewSurge(),
                    [],
                    cancellationToken
                );
                rates.Add(chunk.Length / TimeProvider.System.GetElapsedTime(started).TotalSeconds);
                roundTrips.Add(counter.RoundTrips - before);
                stored += written.Events;
            }

            return stored == events
                ? (rates, roundTrips)
                : throw new InvalidOperationException($"{stored} events were stored.");
        }
    }
}
