using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Storage;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Storage;

public class When_a_window_is_committed(Servers servers)
{
    private static readonly string Id = AssignmentId.FromFeed("ASGC-1", "ID-1", "Course of default").Value;

    [Fact]
    public async Task Should_write_the_values_marten_would()
    {
        await using var store = await CreateAsync(servers);
        await store.CommitAsync(Row(CourseStatus.InProgress, 1), Row(CourseStatus.Completed, 2));

        (
            await store.RowsAsync("select tenant_id, id, type, version, is_archived from ruangkerja.mt_streams")
        ).ShouldBe([$"*DEFAULT* | {Id} | course_status_snapshot | 2 | False"]);
        (
            await store.RowsAsync(
                """
                select seq_id, stream_id, version, type, tenant_id, mt_dotnet_type, headers, is_archived, bdata,
                       data->>'kind', data->>'previousStatus'
                from ruangkerja.mt_events order by seq_id
                """
            )
        ).ShouldBe([
            $"1 | {Id} | 1 | course_status_changed | *DEFAULT* | RuangKerja.Events.Courses.CourseStatusChanged, RuangKerja.Events | ∅ | False | ∅ | started | ∅",
            $"2 | {Id} | 2 | course_status_changed | *DEFAULT* | RuangKerja.Events.Courses.CourseStatusChanged, RuangKerja.Events | ∅ | False | ∅ | completed | in_progress",
        ]);
        (
            await store.RowsAsync(
                """
                select tenant_id, id, mt_dotnet_type, data->>'id', data->>'status', data->>'version'
                from ruangkerja.mt_doc_coursestatussnapshot
                """
            )
        ).ShouldBe([$"*DEFAULT* | {Id} | RuangKerja.Events.Courses.CourseStatusSnapshot | {Id} | completed | 2"]);
    }

    [Fact]
    public async Task Should_give_the_snapshot_a_fresh_version_at_every_write()
    {
        await using var store = await CreateAsync(servers);
        const string version = "select mt_version from ruangkerja.mt_doc_coursestatussnapshot";

        await store.CommitAsync(Row(CourseStatus.InProgress, 1));
        var first = await store.ScalarAsync<Guid>(version);
        await store.CommitAsync(Row(CourseStatus.Completed, 2));

        (await store.ScalarAsync<Guid>(version)).ShouldNotBe(first);
    }

    [Fact]
    public async Task Should_read_back_the_snapshot_it_wrote()
    {
        await using var store = await CreateAsync(servers);
        var commit = await store.PrepareAsync([Row(CourseStatus.InProgress, 1)]);
        await store.Store.CommitAsync(commit, CancellationToken.None);

        var loaded = await store.Store.LoadKnownAsync(
            Company.Default,
            [
                AssignmentKey.ByName("ID-1", "course of default"),
                AssignmentKey.ByName("ID-1", "another course"),
                AssignmentKey.BySerial("ID-1", "course of default"),
            ],
            CancellationToken.None
        );

        var (key, under) = loaded.Keys.ShouldHaveSingleItem();
        (key.IsSerial, under.ShouldHaveSingleItem().Value).ShouldBe((false, Id));
        loaded.Snapshots.ShouldHaveSingleItem().Value.ShouldBe(commit.Changes.Assignments.Single().Snapshot);
    }

    [Fact]
    public async Task Should_go_on_with_a_stream_whose_snapshot_another_application_deleted()
    {
        await using var store = await CreateAsync(servers);
        await store.CommitAsync(Row(CourseStatus.InProgress, 1), Row(CourseStatus.Completed, 2));
        await store.ExecuteAsync("delete from ruangkerja.mt_doc_coursestatussnapshot");

        await store.CommitAsync(
            Row(CourseStatus.InProgress, 1),
            Row(CourseStatus.Completed, 2),
            Row(CourseStatus.InProgress, 9)
        );

        (
            await store.RowsAsync(
                "select version, data->>'kind', data->>'previousStatus', data->>'attempt' from ruangkerja.mt_events where version > 2"
            )
        ).ShouldBe(["3 | reopened | completed | 2"]);
        (
            await store.RowsAsync(
                "select data->>'version', data->>'status' from ruangkerja.mt_doc_coursestatussnapshot"
            )
        ).ShouldBe(["3 | in_progress"]);
    }

    [Fact]
    public async Task Should_queue_each_event_for_publication_and_move_the_watermark()
    {
        await using var store = await CreateAsync(servers);
        await store.CommitAsync(Row(CourseStatus.InProgress, 1), Row(CourseStatus.Completed, 2));

        var pending = await store.Outbox.ReadPendingAsync(Company.Default, 10, except: [], CancellationToken.None);
        pending
            .Select(p => (p.Sequence, p.Version, p.Event!.Kind))
            .ShouldBe([(1, 1, ChangeKind.Started), (2, 2, ChangeKind.Completed)]);
        (await store.Store.ReadProgressAsync(Company.Default, CancellationToken.None)).ShouldBe(
            new FeedProgress(Start.AddSeconds(30), Start.AddMinutes(30), CaughtUp: true, Swept: false)
        );
    }

    [Fact]
    public async Task Should_store_baseline_and_never_queue_it()
    {
        await using var store = await CreateAsync(servers);
        var commit = await store.PrepareAsync(
            [Row(CourseStatus.InProgress, 1), Row(CourseStatus.Completed, 2), Row(CourseStatus.Failed, 2, employee: 2)],
            bootstrapping: true
        );
        await store.Store.CommitAsync(commit, CancellationToken.None);

        // Of three events only the second of employee 1 is news.
        var pending = await store.Outbox.ReadPendingAsync(Company.Default, 10, except: [], CancellationToken.None);
        pending.ShouldHaveSingleItem().Version.ShouldBe(2);
        (await store.ScalarAsync<long>("select count(*) from ruangkerja.mt_events")).ShouldBe(3);
        (await store.Store.ReadProgressAsync(Company.Default, CancellationToken.None))!.CaughtUp.ShouldBeFalse();
    }

    [Fact]
    public async Task Should_keep_companies_apart()
    {
        await using var store = await CreateAsync(servers);
        Company.TryCreate("other", out var other).ShouldBeTrue();
        var row = Row(CourseStatus.InProgress, 1);

        await store.CommitAsync(row);
        (await store.Store.CommitAsync(await store.PrepareAsync([row], other), CancellationToken.None)).ShouldBe(
            CommitOutcome.Committed
        );

        (await store.RowsAsync("select tenant_id, version from ruangkerja.mt_streams order by tenant_id")).ShouldBe([
            "*DEFAULT* | 1",
            "other | 1",
        ]);
        (await store.Outbox.ReadPendingAsync(other, 10, except: [], CancellationToken.None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_keep_a_rejected_row_once_and_count_how_often_it_came()
    {
        await using var store = await CreateAsync(servers);
        var rejected = new RejectedRow(
            """{"status":"done"}""",
            ["status 'done' is not known.", "employeeID is missing."]
        );
        for (var poll = 0; poll < 3; poll++)
        {
            var commit = await store.PrepareAsync([], rejected: [rejected, rejected]);
            (await store.Store.CommitAsync(commit, CancellationToken.None)).ShouldBe(CommitOutcome.Committed);
        }

        (
            await store.RowsAsync(
                "select tenant_id, source, raw, reasons[1], reasons[2], times_seen from ruangkerja.quarantine"
            )
        ).ShouldBe([
            """*DEFAULT* | feed | {"status":"done"} | status 'done' is not known. | employeeID is missing. | 3""",
        ]);
    }

    [Fact]
    public async Task Should_refresh_a_snapshot_without_an_event()
    {
        await using var store = await CreateAsync(servers);
        await store.CommitAsync(Row(CourseStatus.InProgress, 1));
        await store.CommitAsync(Row(CourseStatus.InProgress, 9));

        (
            await store.RowsAsync(
                "select data->>'feedUpdatedAt', data->>'version' from ruangkerja.mt_doc_coursestatussnapshot"
            )
        ).ShouldBe(["2026-01-31T05:00:09+00:00 | 1"]);
        (await store.ScalarAsync<long>("select count(*) from ruangkerja.mt_events")).ShouldBe(1);
    }
}
