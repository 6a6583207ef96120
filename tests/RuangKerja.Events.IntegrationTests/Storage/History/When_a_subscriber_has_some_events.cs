using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.IntegrationTests.Storage.History;

/// <summary>Only what it lacks is found: by the versions it has of assignments, by the ids of events it has, by either.</summary>
[Trait("Promise", "P5")]
public class When_a_subscriber_has_some_events(Servers servers)
{
    [Fact]
    public async Task Should_find_what_is_newer_than_the_versions_it_has()
    {
        await using var store = await StoredPast.CreateAsync(servers);
        var first = await store.ReadAsync("default ID-1 v1");
        var third = await store.ReadAsync("default ID-3 v1");
        var held = new HeldEvents
        {
            Versions = new Dictionary<Courses.AssignmentId, long>
            {
                [first.AssignmentId] = 2,
                [third.AssignmentId] = 7,
            },
        };

        (await store.FindAsync(new EventFilter { Companies = [Courses.Company.Default], Held = held })).ShouldBe([
            "default ID-2 v1",
            "default ID-1 v3",
        ]);
    }

    [Fact]
    public async Task Should_find_what_is_not_among_the_events_it_has()
    {
        await using var store = await StoredPast.CreateAsync(servers);
        var held = new HeldEvents
        {
            EventIds =
            [
                (await store.ReadAsync("default ID-1 v2")).EventId,
                (await store.ReadAsync("acme ID-1 v1")).EventId,
                Guid.NewGuid(),
            ],
        };

        (await store.FindAsync(new EventFilter { Held = held })).ShouldBe(
            StoredPast.All.Except(["default ID-1 v2", "acme ID-1 v1"])
        );
    }

    [Fact]
    public async Task Should_find_nothing_when_it_has_all_by_either()
    {
        await using var store = await StoredPast.CreateAsync(servers);
        var held = new HeldEvents
        {
            Versions = new Dictionary<Courses.AssignmentId, long>
            {
                [(await store.ReadAsync("default ID-1 v3")).AssignmentId] = 3,
                [(await store.ReadAsync("acme ID-1 v2")).AssignmentId] = 1,
            },
            EventIds =
            [
                (await store.ReadAsync("default ID-2 v1")).EventId,
                (await store.ReadAsync("default ID-3 v1")).EventId,
                (await store.ReadAsync("acme ID-1 v2")).EventId,
            ],
        };

        (await store.FindAsync(new EventFilter { Held = held })).ShouldBeEmpty();
    }
}
