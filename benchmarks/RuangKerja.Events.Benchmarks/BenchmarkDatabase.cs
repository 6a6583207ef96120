using Npgsql;
using RuangKerja.Events.Storage;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.Benchmarks;

/// <summary>A private PostgreSQL whose commits reach the disk.</summary>
internal sealed class BenchmarkDatabase : IAsyncDisposable
{
    private readonly PostgresServer _server;

    private BenchmarkDatabase(PostgresServer server) => _server = server;

    public static async Task<BenchmarkDatabase> StartAsync(CancellationToken cancellationToken) =>
        new(await PostgresServer.StartAsync(new PostgresServerOptions { Durable = true }, cancellationToken));

    /// <summary>Makes an empty database with the schema in it, for Npgsql or another engine.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateAsync(
        string name,
        CancellationToken cancellationToken,
        IStorageEngine? engine = null
    )
    {
        await ExecuteAsync(_server.ConnectionString, $"create database {name}", cancellationToken);
        var database = new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = name };
        await using var pipeline = new Pipeline(database.ConnectionString, api: null, engine: engine);
        await pipeline.ApplySchemaAsync(cancellationToken);
        return database.ConnectionString;
    }

    public static async Task ExecuteAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
