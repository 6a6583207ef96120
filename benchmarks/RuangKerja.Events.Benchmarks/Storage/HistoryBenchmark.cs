using RuangKerja.Events.Benchmarks.Figures;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Benchmarks.Storage;

/// <summary>How soon the first events of a replay, and the first assignments of a list, are there, whatever is asked for.</summary>
internal sealed class HistoryBenchmark : IBenchmark
{
    private const int Page = 1_000;
    private const int Times = 5;
    private static readonly Target Soon = Target.AtMost(1_000);

    public string Name => "history";

    public string About =>
        $"The horizon, the first {Page:N0} of {StoredMillion.Events:N0} events that a filter means, and reading them, {Times} times; the dry run; lists.";

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await using var server = await BenchmarkDatabase.StartAsync(cancellationToken);
        var connection = await server.CreateAsync("history", cancellationToken);
        await StoredMillion.FillAsync(connection, cancellationToken);
        await using var database = new Database(new StorageOptions { ConnectionString = connection });
        var history = new PostgresEventHistory(database);

        var figures = new List<Figure>();
        foreach (var (name, filter, expected) in await FiltersAsync(history, cancellationToken))
            figures.Add(await MeasureAsync(name, expected, () => FirstPageAsync(history, filter, cancellationToken)));
        figures.Add(
            await MeasureAsync(
                "dry run of all",
                StoredMillion.Events,
                () => CountAsync(history, new EventFilter { Baseline = true }, cancellationToken),
                isTarget: false
            )
        );
        foreach (var (name, filter, after, expected) in Lists())
            figures.Add(await MeasureAsync(name, expected, () => ListAsync(history, filter, after, cancellationToken)));
        return figures;
    }

    private static async Task<IReadOnlyList<(string Name, EventFilter Filter, int Expected)>> FiltersAsync(
        PostgresEventHistory history,
        CancellationToken cancellationToken
    )
    {
        var all = new EventFilter { Baseline = true };
        var (one, acme) = ((await history.ReadAsync([500_000], cancellationToken))[0], CompanyOf("acme"));
        var late = StoredMillion.Start.AddSeconds(3 * (StoredMillion.Events - 500));
        return
        [
            ("none", all, Page),
            ("without baseline", new EventFilter(), Page),
            ("company", all with { Companies = [acme] }, Page),
            ("company that has nothing", all with { Companies = [CompanyOf("nobody")] }, 0),
            ("employee", all with { EmployeeId = StoredMillion.Employee }, 200),
            ("course by name", all with { CourseName = StoredMillion.CourseName }, Page),
            ("course by serial", all with { CourseSerial = StoredMillion.CourseSerial }, Page),
            (
                "employee and course",
                all with
                {
                    EmployeeId = StoredMillion.Employee,
                    CourseName = "Course number 7",
                },
                4
            ),
            ("assignment", all with { AssignmentId = one.AssignmentId }, 4),
            ("rarest kind", all with { Kinds = [ChangeKind.Expired] }, 10),
            ("kind that never was", all with { Kinds = [ChangeKind.Reset] }, 0),
            ("statuses", all with { Statuses = [CourseStatus.Completed, CourseStatus.Failed] }, Page),
            ("stored early", all with { RecordedBefore = StoredMillion.Start.AddHours(1) }, Page),
            ("stored last", all with { RecordedFrom = late }, 501),
            ("happened early", all with { OccurredBefore = StoredMillion.Start.AddDays(-80) }, Page),
            ("happened late", all with { OccurredFrom = late.AddDays(-10) }, Page),
            ("sequences", all with { FirstSequence = 900_001, LastSequence = 900_500 }, 500),
            (
                "course, rarest kind",
                all with
                {
                    CourseName = StoredMillion.CourseName,
                    Kinds = [ChangeKind.Expired],
                },
                0
            ),
            ("lacking 100,000 assignments", all with { Held = await HeldAsync(history, cancellationToken) }, Page),
        ];
    }

    private static IReadOnlyList<(
        string Name,
        AssignmentFilter Filter,
        AssignmentReference? After,
        int Expected
    )> Lists()
    {
        var all = new AssignmentFilter();
        return
        [
            ("list: all", all, null, Page),
            ("list: all, a later page", all, new(Company.Default, new AssignmentId("ASGC-5")), Page),
            ("list: employee", all with { EmployeeId = StoredMillion.Employee }, null, 50),
            ("list: course by name", all with { CourseName = StoredMillion.CourseName }, null, Page),
            ("list: status that none has", all with { Statuses = [CourseStatus.Failed] }, null, 0),
        ];
    }

    private static async Task<Figure> MeasureAsync(string name, int expected, Func<Task<int>> run, bool isTarget = true)
    {
        var milliseconds = new List<double>();
        for (var i = 0; i < Times; i++)
        {
            var started = TimeProvider.System.GetTimestamp();
            var found = await run();
            milliseconds.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            if (found != expected)
                throw new InvalidOperationException($"{name}: {found} were found, and {expected} are there.");
        }

        return new Figure(name, "ms", milliseconds, isTarget ? Soon : null);
    }

    private static async Task<int> FirstPageAsync(
        PostgresEventHistory history,
        EventFilter filter,
        CancellationToken cancellationToken
    )
    {
        var horizon = await history.ReadHorizonAsync(cancellationToken);
        var found = await history.FindAsync(filter, after: 0, horizon, Page, cancellationToken);
        return (await history.ReadAsync(found, cancellationToken)).Count(stored => stored.Change is not null);
    }

    private static async Task<int> CountAsync(
        PostgresEventHistory history,
        EventFilter filter,
        CancellationToken cancellationToken
    ) => (int)(await history.SummariseAsync(filter, after: 0, StoredMillion.Events, cancellationToken)).Count;

    private static async Task<int> ListAsync(
        PostgresEventHistory history,
        AssignmentFilter filter,
        AssignmentReference? after,
        CancellationToken cancellationToken
    ) => (await history.ListAssignmentsAsync(filter, after, Page, cancellationToken)).Count;

    /// <summary>The first two versions of as many assignments as a subscriber may name.</summary>
    private static async Task<HeldEvents> HeldAsync(PostgresEventHistory history, CancellationToken cancellationToken)
    {
        var versions = new Dictionary<AssignmentId, long>();
        var sequences = Enumerable.Range(1, HeldEvents.Most).Select(sequence => (long)sequence);
        foreach (var some in sequences.Chunk(5_000))
        {
            foreach (var stored in await history.ReadAsync(some, cancellationToken))
                versions[stored.AssignmentId] = 2;
        }

        return new HeldEvents { Versions = versions };
    }

    private static Company CompanyOf(string name) =>
        Company.TryCreate(name, out var company)
            ? company
            : throw new ArgumentException($"'{name}' is no company.", nameof(name));
}
