using Npgsql;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.IntegrationTests.EndToEnd;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.IntegrationTests.Service;

/// <summary>One user owns the tables; the service runs as another, who can neither change them nor delete history.</summary>
public sealed class When_the_database_user_has_few_rights(Servers servers)
{
    // As README says it.
    private const string Grants = """
        create role few_rights login password 'few';
        grant usage on schema ruangkerja to few_rights;
        grant select, insert, update, delete on all tables in schema ruangkerja to few_rights;
        revoke delete on ruangkerja.mt_streams, ruangkerja.mt_events, ruangkerja.mt_doc_coursestatussnapshot from few_rights;
        revoke update on ruangkerja.mt_events from few_rights;
        grant usage on all sequences in schema ruangkerja to few_rights;
        """;

    [Fact]
    public async Task Should_read_store_sweep_and_publish_all_the_same()
    {
        await using var deployment = await Deployment.PrepareAsync(servers);
        await using var role = await Role.CreateAsync(deployment.Options.Storage.ConnectionString);
        await using var subscriber = await MassTransitSubscriber<CourseStatusChanged>.StartAsync(deployment.Broker);
        var settings = new Dictionary<string, string>(deployment.Settings)
        {
            ["Storage:ConnectionString"] = role.ConnectionString,
        };

        await using var service = ServiceProcess.Start(settings, "run");
        await deployment.WaitForBootstrapAsync();
        var bootstrapped = deployment.Simulator.Ledger.LastSeq;
        await deployment.LiveAsync(10);
        var truth = deployment.Simulator.Ledger.After(bootstrapped);
        await subscriber.WaitForAsync(truth.Count);

        subscriber.Received.ShouldTell(truth);
        (await FindAsync(role.ConnectionString)).Count.ShouldBe(truth.Count);
        (
            await Should.ThrowAsync<PostgresException>(() => role.ExecuteAsync("delete from ruangkerja.mt_events"))
        ).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (
            await Should.ThrowAsync<PostgresException>(() => role.ExecuteAsync("create table ruangkerja.mine (id int)"))
        ).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    private static async Task<IReadOnlyList<long>> FindAsync(string connectionString)
    {
        await using var database = new Database(new StorageOptions { ConnectionString = connectionString });
        var history = new PostgresEventHistory(database);
        var horizon = await history.ReadFeedHorizonAsync([], CancellationToken.None);
        return await history.FindAsync(new EventFilter(), after: 0, horizon, limit: 1_000, CancellationToken.None);
    }

    private sealed class Role : IAsyncDisposable
    {
        private readonly string _owner;

        private Role(string owner)
        {
            _owner = owner;
            ConnectionString = new NpgsqlConnectionStringBuilder(owner)
            {
                Username = "few_rights",
                Password = "few",
            }.ConnectionString;
        }

        public string ConnectionString { get; }

        public static async Task<Role> CreateAsync(string owner)
        {
            await ExecuteAsync(owner, Grants);
            return new Role(owner);
        }

        public Task ExecuteAsync(string sql) => ExecuteAsync(ConnectionString, sql);

        // Roles belong to the whole server, which other tests use.
        public async ValueTask DisposeAsync() =>
            await ExecuteAsync(_owner, "drop owned by few_rights; drop role few_rights");

        private static async Task ExecuteAsync(string connectionString, string sql)
        {
            await using var source = NpgsqlDataSource.Create(connectionString);
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }
}
