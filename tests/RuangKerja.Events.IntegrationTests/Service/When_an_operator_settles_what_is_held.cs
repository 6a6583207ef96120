using RuangKerja.Events.Courses;
using RuangKerja.Events.IntegrationTests.Storage;
using RuangKerja.Events.IntegrationTests.Storage.History;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Service;

/// <summary>An event of a company that is not configured any more is held.</summary>
public sealed class When_an_operator_settles_what_is_held(Servers servers)
{
    [Fact]
    public async Task Should_show_and_release_what_holds_others_up()
    {
        await using var store = await HeldAsync(servers);

        (await RunAsync(store, "status", "--company", "acme")).ShouldContain("Too many at once.");
        (await RunAsync(store, "release", "--all", "--company", "acme")).ShouldContain("1 events released.");

        (await store.History.ReadFeedHorizonAsync([], CancellationToken.None)).ShouldBe(1);
        var unknown = await ServiceProcess.RunAsync(Settings(store), "outbox", "status", "--company", "nobody");
        unknown.Code.ShouldBe(2);
        unknown.Error.ShouldContain("There is: default, acme.");
    }

    [Fact]
    public async Task Should_touch_nothing_of_another_schema()
    {
        await using var store = await HeldAsync(servers);
        await store.ExecuteAsync("insert into ruangkerja.schema_version (version) values (99)");

        foreach (
            var command in new string[][]
            {
                ["outbox", "status"],
                ["outbox", "release", "--all"],
                ["outbox", "discard", "--all"],
                ["quarantine", "list"],
                ["quarantine", "retry", "--all"],
                ["quarantine", "discard", "--all"],
            }
        )
        {
            var refused = await ServiceProcess.RunAsync(Settings(store), command);
            (string.Join(' ', command), refused.Code).ShouldBe((string.Join(' ', command), 8));
        }

        (await store.ScalarAsync<long>("select count(*) from ruangkerja.outbox where state = 'held'")).ShouldBe(1);
    }

    private static async Task<StoreFixture> HeldAsync(Servers servers)
    {
        var store = await CreateAsync(servers);
        var held = await store.PrepareAsync([Row(CourseStatus.InProgress, 1, company: "acme")], StoredPast.Acme);
        await store.Store.CommitAsync(held with { Held = "Too many at once." }, CancellationToken.None);
        return store;
    }

    private static async Task<string> RunAsync(StoreFixture store, params string[] arguments)
    {
        var run = await ServiceProcess.RunAsync(Settings(store), ["outbox", .. arguments]);
        run.Code.ShouldBe(0, run.Error);
        return run.Out;
    }

    private static Dictionary<string, string> Settings(StoreFixture store) =>
        new()
        {
            ["RuangKerja:ClientId"] = "simulator",
            ["RuangKerja:ClientSecret"] = "simulator-secret",
            ["Storage:ConnectionString"] = store.Database.Options.ConnectionString,
        };
}
