using RuangKerja.Events.Courses;
using RuangKerja.Events.IntegrationTests.Storage;
using RuangKerja.Events.Storage;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>The commit reaches the database, and its answer never reaches us.</summary>
[Trait("Promise", "P1")]
[Trait("Promise", "P2")]
public class When_the_answer_to_a_commit_is_lost(Servers servers)
{
    [Fact]
    public async Task F04_P2_Should_be_read_back_and_told_as_it_was()
    {
        await using var store = await CreateAsync(servers);
        await using var proxied = ProxiedStore.Before(store.Database.Options.ConnectionString);
        var commit = await store.PrepareAsync([Row(CourseStatus.InProgress, 1)]);
        // PostgreSQL gets the COMMIT; its answer ends in the middle of the way.
        proxied.Proxy.Upstream.Once(Bytes.AreCommit, () => proxied.Proxy.Downstream.CutAfter(0));

        var outcome = await proxied.Store.CommitAsync(commit, CancellationToken.None);

        outcome.ShouldBe(CommitOutcome.Committed);
        (await store.ScalarAsync<long>("select count(*) from ruangkerja.mt_events")).ShouldBe(1);
    }

    [Fact]
    public async Task F04_P1_Should_be_read_back_as_not_done_when_the_commit_itself_was_lost()
    {
        await using var store = await CreateAsync(servers);
        await using var proxied = ProxiedStore.Before(store.Database.Options.ConnectionString);
        var commit = await store.PrepareAsync([Row(CourseStatus.InProgress, 1)]);
        proxied.Proxy.Upstream.Once(Bytes.AreCommit, () => proxied.Proxy.Upstream.CutAfter(0));

        var failure = await Should.ThrowAsync<StorageException>(() =>
            proxied.Store.CommitAsync(commit, CancellationToken.None)
        );

        failure.Kind.ShouldBe(StorageFailureKind.Unavailable);
        (await store.ScalarAsync<long>("select count(*) from ruangkerja.mt_events")).ShouldBe(0);
        // Nothing stands in the way of doing it again.
        proxied.Proxy.Heal();
        (await proxied.Store.CommitAsync(commit, CancellationToken.None)).ShouldBe(CommitOutcome.Committed);
    }
}
