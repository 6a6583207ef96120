using RuangKerja.Events.Benchmarks.Figures;
using RuangKerja.Events.Benchmarks.Rows;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Benchmarks.Storage;

/// <summary>How fast assignments are stored, by the size of a transaction. Each size has a database of its own.</summary>
internal sealed class CommitBenchmark : IBenchmark
{
    private const int Rows = 40_000;
    private const int WarmUpRows = 10_000;
    private static readonly int[] Sizes = [1_000, 2_000, 5_000, 20_000];

    public string Name => "commits";

    public string About =>
        $"Loading, detecting and storing {Rows:N0} rows in chunks of several sizes, one after the other.";

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await using var server = await BenchmarkDatabase.StartAsync(cancellationToken);
        var figures = new List<Figure>();
        await MeasureAsync(server, "warm_up", size: 5_000, WarmUpRows, cancellationToken);
        foreach (var size in Sizes)
            figures.AddRange(await MeasureAsync(server, $"chunks_{size}", size, Rows, cancellationToken));
        return figures;
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(
        BenchmarkDatabase server,
        string name,
        int size,
        int rows,
        CancellationToken cancellationToken
    )
    {
        await using var counter = RoundTripCounter.Before(await server.CreateAsync(name, cancellationToken));
        await using var pipeline = new Pipeline(counter.ConnectionString, api: null);
        var now = TimeProvider.System.GetUtcNow();
        var progress = await pipeline.Store.StartProgressAsync(Company.Default, now, now, cancellationToken);
        var writer = pipeline.NewWriter(Company.Default);
        var standing = new WatermarkMove(progress.Watermark, progress.Watermark, CaughtUp: true);

        var added = await WriteAsync(steps: 0, events: rows);
        var changed = await WriteAsync(steps: 1, events: rows);
        var unchanged = await WriteAsync(steps: 1, events: 0);
        return
        [
            new($"chunks of {size:N0}: new", "rows/s", added.Rates),
            new($"chunks of {size:N0}: changed", "rows/s", changed.Rates),
            new($"chunks of {size:N0}: unchanged", "rows/s", unchanged.Rates),
            new($"chunks of {size:N0}: round trips, new", "per chunk", added.RoundTrips),
            new($"chunks of {size:N0}: round trips, changed", "per chunk", changed.RoundTrips),
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
