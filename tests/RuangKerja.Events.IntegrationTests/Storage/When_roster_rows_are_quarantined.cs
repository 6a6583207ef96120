using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.IntegrationTests.Service;
using RuangKerja.Events.Storage;
using static RuangKerja.Events.IntegrationTests.Storage.BothSources;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Storage;

public class When_roster_rows_are_quarantined(Servers servers)
{
    // Nothing is wrong with it by today's rules; as a row of the feed everything would be.
    private const string Good =
        """{"user":{"serial":"U-1","name":"N","employeeID":"ID-1"},"preTest":null,"postTest":80,"timeSpent":60,"lastAccessMission":"","completedAt":"2026-02-01","status":"completed"}""";

    private static readonly CatalogueCourse Other = new("COURSE-2", "[ONLINE] Anti Penyuapan");

    [Fact]
    public async Task Should_be_a_row_for_each_roster_and_say_which()
    {
        await using var store = await CreateAsync(servers);
        await QuarantineAsync(store, Course, Other);
        await QuarantineAsync(store, Course with { Name = "[ONLINE] K3" });

        var listed = await new PostgresQuarantine(store.Database).ListAsync(
            Company.Default,
            10,
            CancellationToken.None
        );

        listed
            .Select(r => (r.RosterOf, r.TimesSeen))
            .ShouldBe([(Course with { Name = "[ONLINE] K3" }, 2), (Other, 1)], ignoreOrder: true);
        var (_, table, error) = await ServiceProcess.RunAsync(
            Settings(store),
            "quarantine",
            "list",
            "--output",
            "json"
        );
        table.ShouldContain("COURSE-1", Case.Sensitive, error);
        table.ShouldContain("COURSE-2");
    }

    [Fact]
    public async Task Should_be_tried_again_by_the_rules_of_rosters()
    {
        await using var store = await CreateAsync(servers);
        await QuarantineAsync(store, Course, Other);

        var (code, text, error) = await ServiceProcess.RunAsync(Settings(store), "quarantine", "retry", "--all");

        code.ShouldBe(0, error);
        text.ShouldContain("2 rows tried, 2 accepted");
        (
            await store.RowsAsync(
                """
                select data->>'courseSerial', data->>'source', data->>'occurredAtPrecision', data->>'postTest'
                from ruangkerja.mt_events order by 1
                """
            )
        ).ShouldBe(["COURSE-1 | roster | day | 80", "COURSE-2 | roster | day | 80"]);
        (await store.ScalarAsync<long>("select count(*) from ruangkerja.quarantine")).ShouldBe(0);
    }

    private static Dictionary<string, string> Settings(StoreFixture store) =>
        new()
        {
            ["RuangKerja:ClientId"] = "simulator",
            ["RuangKerja:ClientSecret"] = "simulator-secret",
            ["Storage:ConnectionString"] = store.Database.Options.ConnectionString,
        };

    private static async Task QuarantineAsync(StoreFixture store, params CatalogueCourse[] rosters)
    {
        var rejected = rosters.Select(course => new RejectedRow(Good, ["bad by an older rule"], course)).ToList();
        (
            await store.Store.CommitAsync(await store.PrepareAsync([], rejected: rejected), CancellationToken.None)
        ).ShouldBe(CommitOutcome.Committed);
    }
}
