using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Storage;
using static RuangKerja.Events.IntegrationTests.Storage.BothSources;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Storage;

public class When_keys_are_loaded(Servers servers)
{
    [Fact]
    public async Task Should_give_the_assignments_in_the_order_in_which_they_came()
    {
        await using var store = await CreateAsync(servers);
        string[] serials = ["ASGC-9", "ASGC-1", "ASGC-5", "ASGC-3"];
        foreach (var serial in serials)
            await store.WriteAsync(Feed(1, serial: serial));

        var known = await LoadAsync(store, Feed(1));

        known.Keys.Count.ShouldBe(2, "the course by its name and by its serial");
        foreach (var under in known.Keys.Values)
            under.Select(id => id.Value.Split('/')[0]).ShouldBe(serials);
        known.Snapshots.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Should_begin_anew_when_the_stream_is_gone()
    {
        await using var store = await CreateAsync(servers);
        await store.WriteAsync(Feed(1));
        await store.ExecuteAsync(
            "delete from ruangkerja.mt_events; delete from ruangkerja.mt_streams; delete from ruangkerja.mt_doc_coursestatussnapshot"
        );

        (await LoadAsync(store, Feed(1))).Snapshots.ShouldBeEmpty();
        (await store.WriteAsync(Feed(1))).Events.ShouldBe(1);
        (await store.WriteAsync(Feed(1), Roster(1))).Events.ShouldBe(0);
    }

    [Fact]
    public async Task Should_find_an_assignment_of_a_renamed_course_under_both_names()
    {
        await using var store = await CreateAsync(servers);
        await store.WriteAsync(Feed(1));
        var renamed = new Catalogue([Course with { Name = "[ONLINE] K3 (Revisi)" }]);
        var under = Feed(1) with { Course = renamed.Named("[ONLINE] K3 (Revisi)") };

        (await store.WriteAsync(under with { UpdatedAt = Start.AddMinutes(9) })).Events.ShouldBe(0);

        foreach (var row in new[] { Feed(1), under })
            (await LoadAsync(store, row)).Snapshots.ShouldHaveSingleItem();
        (await store.ScalarAsync<long>("select count(*) from ruangkerja.assignment_key")).ShouldBe(3);
        // By the name alone, as when the catalogue is not known.
        var byName = under with
        {
            Course = Catalogue.Empty.Named("[ONLINE] K3 (Revisi)"),
            UpdatedAt = Start.AddMinutes(10),
        };
        (await store.WriteAsync(byName)).Events.ShouldBe(0);
    }

    private static Task<KnownAssignments> LoadAsync(StoreFixture store, Observation row) =>
        store.Store.LoadKnownAsync(Company.Default, KnownAssignments.KeysOf([row]), CancellationToken.None);
}
