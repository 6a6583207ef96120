using BenchmarkDotNet.Attributes;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Polling;

namespace RuangKerja.Events.Benchmarks.Rows;

/// <summary>Detection alone, on many rows that are all in memory with all that is known of them.</summary>
[MemoryDiagnoser]
public class DetectionBenchmarks
{
    public const int Rows = 200_000;

    // Rows that change something are detected on in chunks, since what they come to is held until it is stored.
    public const int ChunkRows = FeedChunks.Rows;

    private readonly DetectionContext _context = new(
        SampleRows.SeenAt,
        Baseline: default,
        SettleDelay: TimeSpan.FromMinutes(2)
    );
    private KnownAssignments _known = KnownAssignments.None;
    private IReadOnlyList<Observation> _rows = [];

    [GlobalSetup(Target = nameof(UnchangedFeedLinked))]
    public void SetUpFeedLinked() =>
        SetUp(
            SampleRows.KnownAfter(SampleRows.Feed(Rows, SampleRows.Linked), _context),
            SampleRows.Feed(Rows, SampleRows.Linked)
        );

    [GlobalSetup(Target = nameof(UnchangedFeedUnlinked))]
    public void SetUpFeedUnlinked() =>
        SetUp(
            SampleRows.KnownAfter(SampleRows.Feed(Rows, SampleRows.Ambiguous), _context),
            SampleRows.Feed(Rows, SampleRows.Ambiguous)
        );

    /// <summary>The feed has shown the assignments as well: both sources speak of the same ones.</summary>
    [GlobalSetup(Target = nameof(UnchangedRosterLinked))]
    public void SetUpRosterLinked() =>
        SetUp(
            SampleRows.KnownAfter(
                [.. SampleRows.Feed(Rows, SampleRows.Linked), .. SampleRows.Rosters(Rows, SampleRows.Linked)],
                _context
            ),
            SampleRows.Rosters(Rows, SampleRows.Linked)
        );

    [GlobalSetup(Target = nameof(UnchangedRosterUnlinked))]
    public void SetUpRosterUnlinked() =>
        SetUp(
            SampleRows.KnownAfter(SampleRows.Rosters(Rows, SampleRows.Ambiguous), _context),
            SampleRows.Rosters(Rows, SampleRows.Ambiguous)
        );

    [GlobalSetup(Target = nameof(ChangedFeed))]
    public void SetUpChanged() =>
        SetUp(
            SampleRows.KnownAfter(SampleRows.Feed(ChunkRows, SampleRows.Linked), _context),
            SampleRows.Feed(ChunkRows, SampleRows.Linked, steps: 1),
            events: ChunkRows
        );

    [GlobalSetup(Target = nameof(NewFeed))]
    public void SetUpNew() =>
        SetUp(KnownAssignments.None, SampleRows.Feed(ChunkRows, SampleRows.Linked), events: ChunkRows);

    [Benchmark(OperationsPerInvoke = Rows)]
    public ChangeSet UnchangedFeedLinked() => Detect();

    [Benchmark(OperationsPerInvoke = Rows)]
    public ChangeSet UnchangedFeedUnlinked() => Detect();

    [Benchmark(OperationsPerInvoke = Rows)]
    public ChangeSet UnchangedRosterLinked() => Detect();

    [Benchmark(OperationsPerInvoke = Rows)]
    public ChangeSet UnchangedRosterUnlinked() => Detect();

    [Benchmark(OperationsPerInvoke = ChunkRows)]
    public ChangeSet ChangedFeed() => Detect();

    [Benchmark(OperationsPerInvoke = ChunkRows)]
    public ChangeSet NewFeed() => Detect();

    private ChangeSet Detect() => ChangeSet.Detect(_known, _rows, _context);

    private void SetUp(KnownAssignments known, IReadOnlyList<Observation> rows, int events = 0)
    {
        (_known, _rows) = (known, rows);
        var changes = Detect();
        if (changes.EventCount != events || changes.Unchanged != rows.Count - events)
            throw new InvalidOperationException($"{changes.EventCount} events, {changes.Unchanged} rows unchanged.");
    }
}
