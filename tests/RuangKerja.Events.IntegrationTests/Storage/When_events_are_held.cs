using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Storage;

[Trait("Promise", "P1")]
[Trait("Promise", "P4")]
public class When_events_are_held(Servers servers)
{
    private const string Reason = "Too many at once.";

    [Fact]
    public async Task Should_store_them_and_show_them_and_nothing_but_them_waits()
    {
        await using var store = await CreateAsync(servers);
        await HoldAsync(store, Row(CourseStatus.InProgress, 1), Row(CourseStatus.InProgress, 1, employee: 2));
        await store.CommitAsync(Row(CourseStatus.InProgress, 1, employee: 3));

        (await PendingAsync(store)).ShouldBe(["ID-3 v1"]);
        var hold = (await store.Outbox.ListHoldsAsync(Company.Default, CancellationToken.None)).ShouldHaveSingleItem();
        (hold.Reason, hold.Events).ShouldBe((Reason, 2));
        var counts = await store.Outbox.CountAsync(Company.Default, CancellationToken.None);
        (counts.Pending, counts.Held).ShouldBe((1, 2));
        (await store.ScalarAsync<long>("select count(*) from ruangkerja.mt_events")).ShouldBe(3);
    }

    [Fact]
    public async Task Should_keep_later_events_of_the_same_assignments_behind_them()
    {
        await using var store = await CreateAsync(servers);
        await HoldAsync(store, Row(CourseStatus.InProgress, 1));
        await store.CommitAsync(Row(CourseStatus.Completed, 2), Row(CourseStatus.InProgress, 1, employee: 2));

        (await PendingAsync(store)).ShouldBe(["ID-2 v1"]);

        (await store.Outbox.ReleaseAsync(Company.Default, CancellationToken.None)).ShouldBe(1);
        (await PendingAsync(store)).ShouldBe(["ID-1 v1", "ID-1 v2", "ID-2 v1"]);
    }

    [Fact]
    public async Task Should_never_publish_what_was_discarded_and_keep_it_stored()
    {
        await using var store = await CreateAsync(servers);
        Company.TryCreate("other", out var other).ShouldBeTrue();
        await HoldAsync(store, Row(CourseStatus.InProgress, 1));
        await store.CommitAsync(Row(CourseStatus.Completed, 2));

        (await store.Outbox.DiscardAsync(other, CancellationToken.None)).ShouldBe(0);
        (await store.Outbox.DiscardAsync(Company.Default, CancellationToken.None)).ShouldBe(1);

        (await PendingAsync(store)).ShouldBe(["ID-1 v2"]);
        (await store.ScalarAsync<long>("select count(*) from ruangkerja.mt_events")).ShouldBe(2);
    }

    private static async Task HoldAsync(StoreFixture store, params Events.Detection.Observation[] rows) =>
        (
            await store.Store.CommitAsync(await store.PrepareAsync(rows) with { Held = Reason }, CancellationToken.None)
        ).ShouldBe(CommitOutcome.Committed);

    private static async Task<IReadOnlyList<string>> PendingAsync(StoreFixture store) =>
        [
            .. (await store.Outbox.ReadPendingAsync(Company.Default, 100, [], CancellationToken.None))
                .Select(pending => $"{pending.Event!.EmployeeId} v{pending.Version}")
                .Order(StringComparer.Ordinal),
        ];
}
