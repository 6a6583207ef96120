using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Simulator;

namespace RuangKerja.Events.Tests.Polling.Backfills;

/// <summary>An API with a past: rows at their instants. It may fail, once or for good.</summary>
internal sealed class PastApi : IRuangKerjaApi
{
    private readonly List<(DateTimeOffset At, FeedRow Row)> _rows = [];

    /// <summary>Which ends of a window belong to it.</summary>
    public WindowEnds Ends { get; set; }

    /// <summary>Called before each answer with its number, 1 …: what it throws is the answer.</summary>
    public Action<int> BeforeAnswer { get; set; } = _ => { };

    /// <summary>What its answers are dated; null: not at all.</summary>
    public Func<DateTimeOffset?> AnsweredAt { get; set; } = () => null;

    public List<FeedWindow> Asked { get; } = [];

    public void Add(DateTimeOffset at, string status = "in_progress", int count = 1)
    {
        for (var i = 0; i < count; i++)
        {
            var employee = $"ID-{_rows.Count + 1}";
            var updatedAt = Rfc3339.Format(at, TimeZoneInfo.Utc);
            var raw = $$"""{"employeeID":"{{employee}}"}""";
            _rows.Add((at, new FeedRow("ASGC-1", employee, "Keselamatan Kerja", "", updatedAt, status, raw, [])));
        }
    }

    public Task<FeedAnswer> ReadFeedAsync(FeedWindow window, CancellationToken cancellationToken)
    {
        Asked.Add(window);
        BeforeAnswer(Asked.Count);
        cancellationToken.ThrowIfCancellationRequested();
        var rows = _rows.Where(r => Holds(window, r.At)).Select(r => r.Row).ToList();
        return Task.FromResult(new FeedAnswer(rows, AnsweredAt()));
    }

    public Task<CataloguePage> ReadCataloguePageAsync(int page, CancellationToken cancellationToken) =>
        Task.FromResult(new CataloguePage([], new PageNumbers(1, 0, 0), AnsweredAt: null));

    public Task<RosterPage> ReadRosterPageAsync(string courseSerial, int page, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private bool Holds(FeedWindow window, DateTimeOffset at) =>
        (at > window.From || (at == window.From && Ends is (WindowEnds.Inclusive or WindowEnds.StartOnly)))
        && (at < window.To || (at == window.To && Ends is (WindowEnds.Inclusive or WindowEnds.EndOnly)));
}
