using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.Leases;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Storage;

[Trait("Promise", "P4")]
public sealed class When_two_instances_want_a_lease(Servers servers)
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Should_give_it_to_one_until_it_is_given_back()
    {
        await using var store = await CreateAsync(servers);
        var leases = new PostgresLeaseStore(store.Database);

        (await TakeAsync(leases, "a")).ShouldBe(1);
        (await TakeAsync(leases, "b")).ShouldBeNull();
        (await TakeAsync(leases, "a")).ShouldBe(1, "one's own is prolonged within its term");

        await leases.GiveBackAsync(Company.Default, LeaseRole.Feed, "b", CancellationToken.None);
        (await TakeAsync(leases, "b")).ShouldBeNull("nobody gives another's back");
        await leases.GiveBackAsync(Company.Default, LeaseRole.Feed, "a", CancellationToken.None);
        (await TakeAsync(leases, "b")).ShouldBe(2);
        (await TakeAsync(leases, "a")).ShouldBeNull();
    }

    [Fact]
    public async Task Should_give_it_to_another_once_it_is_over()
    {
        await using var store = await CreateAsync(servers);
        var leases = new PostgresLeaseStore(store.Database);
        (await TakeAsync(leases, "a", TimeSpan.FromMilliseconds(300))).ShouldBe(1);

        await Wait.Until(
            async () => await TakeAsync(leases, "b") == 2,
            TimeSpan.FromSeconds(10),
            "the lease of a holder that is silent goes to another"
        );

        (await TakeAsync(leases, "a")).ShouldBeNull();
    }

    [Fact]
    public async Task Should_keep_roles_and_companies_apart()
    {
        await using var store = await CreateAsync(servers);
        var leases = new PostgresLeaseStore(store.Database);
        Company.TryCreate("other", out var other).ShouldBeTrue();
        await TakeAsync(leases, "a");

        (await leases.TakeAsync(Company.Default, LeaseRole.Relay, "b", Long, CancellationToken.None)).ShouldBe(1);
        (await leases.TakeAsync(other, LeaseRole.Feed, "b", Long, CancellationToken.None)).ShouldBe(1);
    }

    [Fact]
    public async Task Should_give_it_to_one_of_many_that_ask_at_the_same_time()
    {
        await using var store = await CreateAsync(servers);
        var leases = new PostgresLeaseStore(store.Database);

        var terms = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => TakeAsync(leases, $"instance {i}")));

        terms.OfType<long>().ShouldBe([1]);
    }

    [Fact]
    public async Task Should_prolong_none_of_a_version_that_the_schema_is_not_of()
    {
        await using var store = await CreateAsync(servers);
        var leases = new PostgresLeaseStore(store.Database);
        (await TakeAsync(leases, "a")).ShouldBe(1);
        const string Expires = "select expires_at::text from ruangkerja.lease";
        var expires = await store.RowsAsync(Expires);

        await store.ExecuteAsync("insert into ruangkerja.schema_version (version) values (99)");

        foreach (var holder in new[] { "a", "b" })
        {
            var refused = await Should.ThrowAsync<StorageException>(() => TakeAsync(leases, holder));
            refused.Kind.ShouldBe(StorageFailureKind.Schema);
            refused.Message.ShouldContain("is of version 99; this program knows version 3");
        }

        (await store.RowsAsync(Expires)).ShouldBe(expires);
    }

    private static Task<long?> TakeAsync(PostgresLeaseStore leases, string holder, TimeSpan? period = null) =>
        leases.TakeAsync(Company.Default, LeaseRole.Feed, holder, period ?? Long, CancellationToken.None);
}
