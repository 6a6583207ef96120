using System.Net;
using Npgsql;
using RuangKerja.Events.Courses;
using RuangKerja.Events.IntegrationTests.Storage;
using RuangKerja.Events.Storage.Leases;
using RuangKerja.Events.Tests.Http;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Http;

/// <summary>However many ask and however slow the answers are, the rest of the pool stays with the pipeline.</summary>
public sealed class When_many_read_at_once(Servers servers)
{
    // More than the pool has connections.
    private const int Readers = 40;

    // In one database alone: others have tables of the same name.
    private const string WaitingReaders = """
        select count(*) from pg_locks
        where relation = 'ruangkerja.event_index'::regclass and not granted
          and database = (select oid from pg_database where datname = current_database())
        """;

    [Fact]
    public async Task Should_refuse_some_of_them_and_keep_leases_and_commits_going()
    {
        await using var store = await CreateAsync(servers);
        await using var api = await StoreApi.StartAsync(store);
        await store.CommitAsync(Row(CourseStatus.InProgress, 1, employee: 1));
        await using var slow = new NpgsqlConnection(store.Database.Options.ConnectionString);
        await slow.OpenAsync();
        await using var locking = await slow.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(
            "lock table ruangkerja.event_index in access exclusive mode",
            slow,
            locking
        );
        await command.ExecuteNonQueryAsync();

        using var stream = await FollowedStream.OpenAsync(api.Client, "/api/events/stream");
        var reads = Enumerable.Range(0, Readers).Select(_ => api.Client.GetAsync("/api/events")).ToList();

        using var refused = await await Task.WhenAny(reads);
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        (await store.ScalarAsync<long>(WaitingReaders)).ShouldBe(StoreApi.Places);
        var lease = await new PostgresLeaseStore(store.Database).TakeAsync(
            Company.Default,
            LeaseRole.Feed,
            "this instance",
            TimeSpan.FromSeconds(30),
            CancellationToken.None
        );
        lease.ShouldNotBeNull();

        await locking.RollbackAsync();
        (await stream.NextAsync(TimeSpan.FromSeconds(60))).Id.ShouldBe("1");
        foreach (var read in reads)
            (await read).Dispose();
        using var later = await api.Client.GetAsync("/api/events");
        later.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
