using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.IntegrationTests.Service;
using RuangKerja.Events.Storage;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Storage;

[Trait("Promise", "P1")]
public class When_version_1_is_migrated(Servers servers)
{
    [Fact]
    public async Task Should_look_like_a_new_one_and_know_how_far_it_was()
    {
        await using var store = await Version1.CreateAsync(servers);

        (await store.Schema.ApplyAsync(CancellationToken.None)).ShouldBeTrue();

        (await store.Schema.CheckAsync(CancellationToken.None)).ShouldBeEmpty();
        (await store.Schema.ApplyAsync(CancellationToken.None)).ShouldBeFalse();
        (await store.Store.ReadProgressAsync(Company.Default, CancellationToken.None)).ShouldBe(
            new FeedProgress(Version1.Watermark, Version1.BootstrappedAt, CaughtUp: true, Swept: false)
        );
    }

    [Fact]
    public async Task Should_find_its_assignments_again()
    {
        await using var store = await Version1.CreateAsync(servers);
        await store.Schema.ApplyAsync(CancellationToken.None);
        var linked = new Catalogue([new CatalogueCourse("COURSE-1", "Course of default")]);

        (await store.WriteAsync(Row(CourseStatus.InProgress, 0, employee: 1))).Events.ShouldBe(0);
        (
            await store.WriteAsync(
                Row(CourseStatus.InProgress, 5, employee: 2) with
                {
                    Course = linked.Named("course of DEFAULT "),
                }
            )
        ).Events.ShouldBe(0);
        (await store.WriteAsync(Row(CourseStatus.Completed, 9, employee: 3))).Events.ShouldBe(1);

        (await store.ScalarAsync<long>("select count(*) from ruangkerja.mt_streams")).ShouldBe(3);
        (
            await store.RowsAsync(
                "select version, data->>'kind', data->>'previousStatus' from ruangkerja.mt_events where seq_id > 3"
            )
        ).ShouldBe(["2 | completed | in_progress"]);
    }

    [Fact]
    public async Task Should_tell_as_news_what_was_new_since_the_past_was_read()
    {
        await using var store = await Version1.CreateAsync(servers);
        await store.Schema.ApplyAsync(CancellationToken.None);
        var progress = (await store.Store.ReadProgressAsync(Company.Default, CancellationToken.None))!;
        var during = Row(CourseStatus.NotStarted, 0, employee: 9) with { UpdatedAt = Version1.Watermark.AddMinutes(1) };

        // The rosters are still to be swept; that the old program was stopped for a while must hide nothing.
        progress.IsBootstrapped(rosters: true).ShouldBeFalse();
        var commit = await store.PrepareAsync([during], bootstrapping: true);

        commit.PublishedCount.ShouldBe(1);
    }

    [Fact]
    public async Task Should_keep_quarantined_rows_and_accept_them_again()
    {
        await using var store = await Version1.CreateAsync(servers);
        await store.Schema.ApplyAsync(CancellationToken.None);
        var seenAgain = await store.PrepareAsync([], rejected: [new RejectedRow(Version1.Quarantined, ["too strict"])]);
        await store.Store.CommitAsync(seenAgain, CancellationToken.None);

        var kept = await new PostgresQuarantine(store.Database).ListAsync(Company.Default, 10, CancellationToken.None);
        (kept.ShouldHaveSingleItem().TimesSeen, kept[0].RosterOf).ShouldBe((2, null));

        var settings = new Dictionary<string, string>
        {
            ["RuangKerja:ClientId"] = "simulator",
            ["RuangKerja:ClientSecret"] = "simulator-secret",
            ["Storage:ConnectionString"] = store.Database.Options.ConnectionString,
            ["Storage:Engine"] = Engines.Current.Name,
        };
        var retried = await ServiceProcess.RunAsync(settings, "quarantine", "retry", "--all");
        retried.Out.ShouldContain("1 rows tried, 1 accepted", Case.Sensitive, retried.Error);
        (await store.ScalarAsync<long>("select max(version) from ruangkerja.mt_events")).ShouldBe(2);
    }

    [Fact]
    public async Task Should_leave_version_1_whole_when_it_fails_half_way()
    {
        await using var store = await Version1.CreateAsync(servers);
        await store.ExecuteAsync(
            "update ruangkerja.mt_doc_coursestatussnapshot set data = '{}' where data->>'employeeId' = 'ID-2'"
        );

        var failure = await Should.ThrowAsync<StorageException>(() => store.Schema.ApplyAsync(CancellationToken.None));

        failure.Message.ShouldContain("the snapshot 'ASGC-1/ID-2/");
        (
            await store.RowsAsync(
                """
                select max(version), to_regclass('ruangkerja.assignment_key'), (select max(bootstrapped_at) is not null from ruangkerja.poll_progress)
                from ruangkerja.schema_version
                """
            )
        ).ShouldBe(["1 | ∅ | True"]);
    }

    [Fact]
    public async Task Should_be_asked_for_by_a_service_that_is_started_before()
    {
        await using var store = await Version1.CreateAsync(servers);
        await using var service = ServiceProcess.Start(
            new Dictionary<string, string>
            {
                ["RuangKerja:ClientId"] = "simulator",
                ["RuangKerja:ClientSecret"] = "simulator-secret",
                ["Storage:ConnectionString"] = store.Database.Options.ConnectionString,
                ["Relay:RabbitMqUri"] = "amqp://nobody:nothing@127.0.0.1:1/",
                ["Http:Urls"] = "http://127.0.0.1:0",
            },
            "run"
        );

        await Wait.Until(
            () => service.Out.Contains("needs version 3") || !service.IsRunning,
            TimeSpan.FromSeconds(30),
            "it to say what is wrong"
        );
        service.IsRunning.ShouldBeTrue(service.Error);
        service.Out.ShouldContain(
            "schema 'ruangkerja' is of version 1; this program needs version 3. Run 'ruangkerja-events db apply' once"
        );
    }
}
