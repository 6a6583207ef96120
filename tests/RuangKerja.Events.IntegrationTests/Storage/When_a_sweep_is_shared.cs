using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Storage;
using static RuangKerja.Events.IntegrationTests.Storage.BothSources;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Storage;

public class When_a_sweep_is_shared(Servers servers)
{
    private static readonly CatalogueCourse[] Ten =
    [
        .. Enumerable.Range(1, 10).Select(i => new CatalogueCourse($"COURSE-{i}", $"Course {i}")),
    ];

    [Fact]
    public async Task Should_be_begun_by_one_of_many()
    {
        await using var store = await CreateAsync(servers);
        var sweeps = new PostgresSweepStore(store.Database);
        Guid? latest = null;

        for (var round = 0; round < 5; round++)
        {
            var ids = Enumerable.Range(0, 6).Select(_ => Guid.NewGuid()).ToList();
            var begun = await Task.WhenAll(ids.Select(id => BeginAsync(sweeps, latest, id, Ten)));

            begun.Count(b => b).ShouldBe(1);
            var sweep = (await sweeps.ReadAsync(Company.Default, CancellationToken.None))!;
            (sweep.Id, sweep.Pending).ShouldBe((ids[begun.ToList().IndexOf(true)], 10));
            latest = sweep.Id;
        }
    }

    [Fact]
    public async Task Should_hand_out_each_course_once_and_so_many_at_a_time()
    {
        await using var store = await CreateAsync(servers);
        var sweeps = new PostgresSweepStore(store.Database);
        var id = Guid.NewGuid();
        await BeginAsync(sweeps, previous: null, id, Ten);

        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TakeAsync(Start, outstanding: 64)));
        taken.SelectMany(t => t).Select(c => c.Serial).Order().ShouldBe(Ten.Select(c => c.Serial).Order());

        var later = Start.AddMinutes(5);
        (await TakeAsync(later, outstanding: 3)).Count.ShouldBe(3, "they come due again");
        (await TakeAsync(later, outstanding: 3)).ShouldBeEmpty("three are out");
        await sweeps.TakeBackAsync(Company.Default, id, "COURSE-1", later, CancellationToken.None);
        (await TakeAsync(later, outstanding: 3)).ShouldHaveSingleItem();

        Task<IReadOnlyList<CatalogueCourse>> TakeAsync(DateTimeOffset now, int outstanding) =>
            sweeps.TakeDueAsync(Company.Default, id, now, now.AddMinutes(5), outstanding, CancellationToken.None);
    }

    [Fact]
    public async Task Should_end_with_its_last_courses_however_close_they_end()
    {
        await using var store = await CreateAsync(servers);
        var sweeps = new PostgresSweepStore(store.Database);
        await store.CommitAsync();
        Guid? latest = null;

        for (var round = 0; round < 10; round++)
        {
            var id = Guid.NewGuid();
            (await BeginAsync(sweeps, latest, id, Ten)).ShouldBeTrue();
            var end = new CourseSweepEnd(CourseSweepState.Swept, Scans: 1, Drifted: false, Reason: null);
            await Task.WhenAll(
                Ten.Select(c =>
                    sweeps.EndCourseAsync(Company.Default, id, c.Serial, end, Start, CancellationToken.None)
                )
            );

            (await sweeps.ReadAsync(Company.Default, CancellationToken.None))!.FinishedAt.ShouldBe(Start);
            latest = id;
        }

        (await IsSweptAsync(store)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(10, 1, true)]
    [InlineData(10, 2, false)]
    [InlineData(1, 1, false)]
    public async Task Should_count_as_a_look_when_hardly_any_failed(int courses, int failed, bool counts)
    {
        await using var store = await CreateAsync(servers);
        var sweeps = new PostgresSweepStore(store.Database);
        await store.CommitAsync();
        var id = Guid.NewGuid();
        await BeginAsync(sweeps, previous: null, id, Ten[..courses]);

        for (var i = 0; i < courses; i++)
        {
            var state = i < failed ? CourseSweepState.Failed : CourseSweepState.Swept;
            var end = new CourseSweepEnd(state, Scans: 1, Drifted: false, "why");
            await sweeps.EndCourseAsync(Company.Default, id, Ten[i].Serial, end, Start, CancellationToken.None);
        }
        await sweeps.EndAsync(Company.Default, id, Start, CancellationToken.None);

        (await sweeps.ReadAsync(Company.Default, CancellationToken.None))!.FinishedAt.ShouldBe(Start);
        (await IsSweptAsync(store)).ShouldBe(counts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_refuse_a_page_whole_once_it_is_over(bool superseded)
    {
        await using var store = await CreateAsync(servers);
        var sweeps = new PostgresSweepStore(store.Database);
        var id = Guid.NewGuid();
        await BeginAsync(sweeps, previous: null, id, [Course]);
        var page = await store.PrepareAsync([Roster(1)], rejected: [new RejectedRow("{}", ["bad"], Course)]) with
        {
            Progress = new SweepMove(id, Course.Serial, Rows: 2, Start.AddMinutes(5)),
        };
        var end = new CourseSweepEnd(CourseSweepState.Swept, Scans: 1, Drifted: false, Reason: null);
        await sweeps.EndCourseAsync(Company.Default, id, Course.Serial, end, Start, CancellationToken.None);
        if (superseded)
            (await BeginAsync(sweeps, id, Guid.NewGuid(), [Course])).ShouldBeTrue();
        var before = await store.CountsAsync();

        (await store.Store.CommitAsync(page, CancellationToken.None)).ShouldBe(CommitOutcome.ProgressMoved);

        (await store.CountsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Should_store_each_piece_of_a_backfill_once()
    {
        await using var store = await CreateAsync(servers);
        var backfills = new PostgresBackfillStore(store.Database);
        var range = new BackfillRange(Start.AddDays(-2), Start);
        var position = await backfills.StartAsync(Company.Default, range, restart: false, CancellationToken.None);
        position.ShouldBe(range.From);
        var piece = await store.PrepareAsync([Feed(1)]) with { Progress = new BackfillMove(range, position, range.To) };
        var same = await store.PrepareAsync([Feed(2)]) with { Progress = new BackfillMove(range, position, range.To) };

        (await store.Store.CommitAsync(piece, CancellationToken.None)).ShouldBe(CommitOutcome.Committed);
        var before = await store.CountsAsync();
        (await store.Store.CommitAsync(same, CancellationToken.None)).ShouldBe(CommitOutcome.ProgressMoved);

        (await store.CountsAsync()).ShouldBe(before);
        (await backfills.StartAsync(Company.Default, range, restart: false, CancellationToken.None)).ShouldBe(range.To);
        (await backfills.StartAsync(Company.Default, range, restart: true, CancellationToken.None)).ShouldBe(
            range.From
        );
    }

    private static Task<bool> BeginAsync(
        PostgresSweepStore sweeps,
        Guid? previous,
        Guid id,
        IReadOnlyList<CatalogueCourse> courses
    ) => sweeps.BeginAsync(Company.Default, previous, id, courses, Start, CancellationToken.None);

    private static async Task<bool> IsSweptAsync(StoreFixture store) =>
        (await store.Store.ReadProgressAsync(Company.Default, CancellationToken.None))!.Swept;
}
