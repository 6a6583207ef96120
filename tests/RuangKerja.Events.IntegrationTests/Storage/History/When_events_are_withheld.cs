using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Storage.History;

/// <summary>What waits for an operator's word is told to nobody before it.</summary>
[Trait("Promise", "P5")]
public class When_events_are_withheld(Servers servers)
{
    private static readonly EventFilter Any = new();

    [Fact]
    public async Task Should_find_them_once_they_are_let_go_and_let_no_puller_past_them_before()
    {
        await using var store = await HeldAsync(servers);

        (await store.FindAsync(Any)).ShouldBe(["default ID-1 v1", "default ID-3 v1", "acme ID-1 v1"]);
        (await FeedHorizonAsync(store)).ShouldBe(1);
        (await FeedHorizonAsync(store, StoredPast.Acme)).ShouldBe(4);
        (await FeedHorizonAsync(store, StoredPast.Acme, Company.Default)).ShouldBe(1);

        await store.Outbox.ReleaseAsync(Company.Default, CancellationToken.None);

        (await store.FindAsync(Any)).ShouldBe([
            "default ID-1 v1",
            "default ID-2 v1",
            "default ID-3 v1",
            "acme ID-1 v1",
        ]);
        (await FeedHorizonAsync(store)).ShouldBe(4);
    }

    [Fact]
    public async Task Should_never_find_what_was_discarded()
    {
        await using var store = await HeldAsync(servers);

        (await store.Outbox.DiscardAsync(Company.Default, CancellationToken.None)).ShouldBe(1);

        (await store.FindAsync(Any)).ShouldBe(["default ID-1 v1", "default ID-3 v1", "acme ID-1 v1"]);
        (await store.FindAsync(Any with { EmployeeId = "ID-2" })).ShouldBeEmpty();
        (await FeedHorizonAsync(store)).ShouldBe(4);
    }

    [Fact]
    public async Task Should_not_find_what_waits_behind_them_in_their_assignment()
    {
        await using var store = await HeldAsync(servers);
        await store.CommitAsync(
            Row(CourseStatus.Completed, 2),
            Row(CourseStatus.Completed, 2, employee: 2),
            Row(CourseStatus.InProgress, 2, employee: 4)
        );
        var second = Any with { EmployeeId = "ID-2" };

        (await store.FindAsync(Any)).ShouldBe([
            "default ID-1 v1",
            "default ID-3 v1",
            "acme ID-1 v1",
            "default ID-1 v2",
            "default ID-4 v1",
        ]);
        (await store.FindAsync(second)).ShouldBeEmpty();

        await store.Outbox.ReleaseAsync(Company.Default, CancellationToken.None);

        (await store.FindAsync(second)).ShouldBe(["default ID-2 v1", "default ID-2 v2"]);
    }

    /// <summary>Four events, the second held.</summary>
    private static async Task<StoreFixture> HeldAsync(Servers servers)
    {
        var store = await CreateAsync(servers);
        await store.CommitAsync(Row(CourseStatus.InProgress, 1));
        var held = await store.PrepareAsync([Row(CourseStatus.InProgress, 1, employee: 2)]);
        await store.Store.CommitAsync(held with { Held = "Too many at once." }, CancellationToken.None);
        await store.CommitAsync(Row(CourseStatus.InProgress, 1, employee: 3));
        await StoredPast.CommitAsync(store, StoredPast.Acme, Row(CourseStatus.InProgress, 1, company: "acme"));
        return store;
    }

    private static Task<long> FeedHorizonAsync(StoreFixture store, params IReadOnlyList<Company> companies) =>
        store.History.ReadFeedHorizonAsync(companies, CancellationToken.None);
}
