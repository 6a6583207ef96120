using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Polling;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.IntegrationTests.Storage;

/// <summary>The cycle on a real store, with an API that answers what the test says.</summary>
[Trait("Promise", "P1")]
public class When_a_poll_cycle_runs(Servers servers)
{
    private const string Good = "in_progress";
    private const string Bad = "asleep";

    [Fact]
    public async Task Should_hold_the_watermark_and_the_bootstrap_when_too_many_rows_are_bad()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        var api = new ScriptedApi();
        var cycle = Cycle(store, api);
        api.Answer(Rows(40, Good), Rows(20, Bad));

        var held = await cycle.RunAsync(CancellationToken.None);

        (held.Held, held.Events, held.Rejected).ShouldBe((true, 40, 20));
        var progress = (await store.Store.ReadProgressAsync(Company.Default, CancellationToken.None))!;
        progress.Watermark.ShouldBe(held.Watermark);
        progress.Watermark.ShouldBeLessThan(held.Window!.Value.To);
        progress.CaughtUp.ShouldBeFalse();
        (await store.ScalarAsync<long>("select count(*) from ruangkerja.mt_events")).ShouldBe(40);

        api.Answer(Rows(60, Good));
        var passed = await cycle.RunAsync(CancellationToken.None);

        (passed.Held, passed.Events, passed.EndedBootstrap).ShouldBe((false, 20, true));
        (await store.ScalarAsync<long>("select count(*) from ruangkerja.mt_events")).ShouldBe(60);
    }

    [Fact]
    public async Task Should_stay_bootstrapped_when_it_later_catches_up()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        var row = StoreFixture.Row(CourseStatus.InProgress, 1);
        await store.CommitAsync(row);

        var catchingUp = await store.PrepareAsync([StoreFixture.Row(CourseStatus.InProgress, 1, employee: 2)]);
        await store.Store.CommitAsync(
            catchingUp with
            {
                Progress = (WatermarkMove)catchingUp.Progress with { CaughtUp = false },
            },
            CancellationToken.None
        );

        (await store.Store.ReadProgressAsync(Company.Default, CancellationToken.None))!.CaughtUp.ShouldBeTrue();
    }

    [Fact]
    public async Task Should_hold_all_of_a_surge_that_is_stored_in_several_transactions()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        await store.CommitAsync();
        var api = new ScriptedApi();
        api.Answer(Rows(FeedChunks.Rows + 10, Good).Select(News));
        var cycle = Cycle(store, api, surgeLimit: FeedChunks.Rows + 5);

        (await cycle.RunAsync(CancellationToken.None)).Events.ShouldBe(FeedChunks.Rows + 10);

        var counts = await store.Outbox.CountAsync(Company.Default, CancellationToken.None);
        (counts.Pending, counts.Held).ShouldBe((0, FeedChunks.Rows + 10));
    }

    [Fact]
    public async Task Should_hold_nothing_that_stays_below_the_limit()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        await store.CommitAsync();
        var api = new ScriptedApi();
        api.Answer(Rows(FeedChunks.Rows + 10, Good).Select(News));
        var cycle = Cycle(store, api, surgeLimit: FeedChunks.Rows + 10);

        await cycle.RunAsync(CancellationToken.None);

        var counts = await store.Outbox.CountAsync(Company.Default, CancellationToken.None);
        (counts.Pending, counts.Held).ShouldBe((FeedChunks.Rows + 10, 0));
    }

    [Fact]
    public async Task Should_load_and_detect_again_when_another_writer_was_first()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        var contested = new ContestedStore(store.Store);
        var api = new ScriptedApi();
        api.Answer(Rows(1, Good));

        var result = await Cycle(store, api, contested).RunAsync(CancellationToken.None);

        (result.Events, contested.Tries).ShouldBe((1, 3));
        (await store.ScalarAsync<long>("select count(*) from ruangkerja.mt_events")).ShouldBe(1);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(40, false)]
    public async Task Should_read_on_only_while_the_apis_clock_lets_the_watermark_move(int daysBehind, bool moved)
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        var api = new ScriptedApi { AnsweredAt = TimeProvider.System.GetUtcNow().AddDays(-daysBehind) };
        var polling = new FeedPollingOptions { MaxWindow = TimeSpan.FromDays(1) };

        var cycle = await Cycle(store, api, polling: polling).RunAsync(CancellationToken.None);

        (cycle.ReachesNow, cycle.Moved).ShouldBe((false, moved));
        FeedSchedule.WaitAfter(cycle, polling).ShouldBe(moved ? TimeSpan.Zero : polling.Interval);
    }

    private static FeedCycle Cycle(
        StoreFixture store,
        IRuangKerjaApi api,
        IEventStore? through = null,
        int? surgeLimit = null,
        FeedPollingOptions? polling = null
    )
    {
        // One window reaches from the beginning to now.
        polling ??= new FeedPollingOptions { MaxWindow = TimeSpan.FromDays(31) };
        var reader = new FeedReader(
            Company.Default,
            api,
            polling,
            TimeProvider.System,
            NullLogger<FeedReader>.Instance
        );
        var catalogue = new CompanyCatalogue(
            Company.Default,
            api,
            new PostgresCatalogueStore(store.Database),
            TimeProvider.System,
            NullLogger<CompanyCatalogue>.Instance
        );
        var detection = new DetectionOptions();
        var writer = new ChunkWriter(
            Company.Default,
            through ?? store.Store,
            detection,
            surgeLimit,
            TimeProvider.System
        );
        return new FeedCycle(
            Company.Default,
            reader,
            new FeedPieceWriter(catalogue, writer, detection.QuarantineLimit, TimeProvider.System),
            through ?? store.Store,
            new FeedCycleOptions(polling, Rosters: false),
            TimeProvider.System
        );
    }

    /// <summary>Of the day after the company was first polled.</summary>
    private static FeedRow News(FeedRow row) => row with { UpdatedAt = "2026-02-01T09:30:00+07:00" };

    private static IEnumerable<FeedRow> Rows(int count, string status) =>
        Enumerable
            .Range(1, count)
            .Select(i => new FeedRow(
                "ASGC-1",
                $"ID-{i}",
                "Keselamatan Kerja",
                CompletedAt: "",
                UpdatedAt: "2026-01-31T09:30:00+07:00",
                status,
                Raw: $$"""{"employeeID":"ID-{{i}}","status":"{{status}}"}""",
                Malformations: []
            ));

    private sealed class ScriptedApi : IRuangKerjaApi
    {
        private IReadOnlyList<FeedRow> _rows = [];

        public DateTimeOffset? AnsweredAt { get; init; }

        public void Answer(params IEnumerable<FeedRow>[] rows) => _rows = [.. rows.SelectMany(r => r)];

        public Task<FeedAnswer> ReadFeedAsync(FeedWindow window, CancellationToken cancellationToken) =>
            Task.FromResult(new FeedAnswer(_rows, AnsweredAt));

        public Task<CataloguePage> ReadCataloguePageAsync(int page, CancellationToken cancellationToken) =>
            Task.FromResult(new CataloguePage([], new PageNumbers(1, 0, 0), AnsweredAt: null));

        public Task<RosterPage> ReadRosterPageAsync(
            string courseSerial,
            int page,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();
    }

    /// <summary>The fault: another writer is first, twice.</summary>
    private sealed class ContestedStore(IEventStore store) : IEventStore
    {
        public int Tries { get; private set; }

        public Task<FeedProgress?> ReadProgressAsync(Company company, CancellationToken cancellationToken) =>
            store.ReadProgressAsync(company, cancellationToken);

        public Task<FeedProgress> StartProgressAsync(
            Company company,
            DateTimeOffset startFrom,
            DateTimeOffset now,
            CancellationToken cancellationToken
        ) => store.StartProgressAsync(company, startFrom, now, cancellationToken);

        public Task<KnownAssignments> LoadKnownAsync(
            Company company,
            IReadOnlyCollection<AssignmentKey> keys,
            CancellationToken cancellationToken
        ) => store.LoadKnownAsync(company, keys, cancellationToken);

        public Task<CommitOutcome> CommitAsync(ChunkCommit commit, CancellationToken cancellationToken) =>
            ++Tries < 3 ? Task.FromResult(CommitOutcome.AssignmentMoved) : store.CommitAsync(commit, cancellationToken);

        public Task<long> CountAssignmentsAsync(Company company, CancellationToken cancellationToken) =>
            store.CountAssignmentsAsync(company, cancellationToken);

        public Task<EventCounts> CountEventsAsync(Company company, CancellationToken cancellationToken) =>
            store.CountEventsAsync(company, cancellationToken);
    }
}
