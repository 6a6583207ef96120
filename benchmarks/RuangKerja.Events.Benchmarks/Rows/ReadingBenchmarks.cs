using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Api;
using RuangKerja.Events.Detection;

namespace RuangKerja.Events.Benchmarks.Rows;

/// <summary>From an answer's bytes to rows, and from rows to judged ones.</summary>
[MemoryDiagnoser]
public class ReadingBenchmarks
{
    public const int FeedRows = 50_000;
    public const int PageRows = 100;
    public const int JudgedCount = 20_000;

    private readonly FeedWindow _window = new(SampleRows.Start, SampleRows.SeenAt);
    private readonly RowContext _context = new(SampleRows.SeenAt, SampleRows.SeenAt, SampleRows.Linked);
    private RuangKerjaApi? _feedApi;
    private RuangKerjaApi? _rosterApi;
    private IReadOnlyList<FeedRow> _feedRows = [];
    private IReadOnlyList<RosterRow> _rosterRows = [];

    [GlobalSetup]
    public void SetUp()
    {
        _feedApi = Api(SampleRows.Answer(Enumerable.Range(0, FeedRows).Select(i => SampleRows.FeedItem(i))));
        const string paging = "\"currentPage\":1,\"totalItems\":100,\"totalPage\":1,";
        _rosterApi = Api(SampleRows.Answer(Enumerable.Range(0, PageRows).Select(SampleRows.RosterItem), paging));
        _feedRows = [.. Enumerable.Range(0, JudgedCount).Select(i => FeedRow.Parse(SampleRows.FeedItem(i)))];
        _rosterRows = [.. Enumerable.Range(0, JudgedCount).Select(i => RosterRow.Parse(SampleRows.RosterItem(i)))];
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _feedApi?.Dispose();
        _rosterApi?.Dispose();
    }

    [Benchmark(OperationsPerInvoke = FeedRows)]
    public Task<FeedAnswer> ReadFeed() => _feedApi!.ReadFeedAsync(_window, CancellationToken.None);

    [Benchmark(OperationsPerInvoke = 20 * PageRows)]
    public async Task ReadRosterPages()
    {
        for (var page = 0; page < 20; page++)
            await _rosterApi!.ReadRosterPageAsync("COURSE-1", page: 1, CancellationToken.None);
    }

    [Benchmark(OperationsPerInvoke = JudgedCount)]
    public JudgedRows JudgeFeed() => JudgedRows.Judge(_feedRows, _context);

    [Benchmark(OperationsPerInvoke = JudgedCount)]
    public JudgedRows JudgeRoster() =>
        JudgedRows.Judge(_rosterRows, SampleRows.Course(1), SampleRows.TimeZone, _context);

    private static RuangKerjaApi Api(byte[] answer) =>
        RuangKerjaApi.Create(
            SimulatorProcess.ApiOptions(new Uri("http://localhost/")),
            TimeProvider.System,
            NullLoggerFactory.Instance,
            new CannedAnswer(answer)
        );
}
