using Npgsql;

namespace RuangKerja.Events.Storage;

/// <summary>Makes and checks the tables: Marten's three and ours.</summary>
public sealed class DatabaseSchema(Database database)
{
    /// <summary>The version this program reads and writes.</summary>
    public const int CurrentVersion = 3;

    // Any constant of our own: two 'db apply' at once take turns.
    private const long MigrationLock = 0x52_4B_45_56_44_42;

    // By the version that they lead to, from 1.
    private static readonly string[][] Scripts =
    [
        ["001_marten_tables", "001_pipeline_tables"],
        ["002_rosters", "002_leases", "002_commit_batches", "002_outbox_holds"],
        ["003_history", "003_replays"],
    ];

    private static readonly string[] Tables =
    [
        "mt_streams",
        "mt_events",
        "mt_events_sequence",
        "mt_doc_coursestatussnapshot",
        "schema_version",
        "poll_progress",
        "outbox",
        "quarantine",
        "assignment_key",
        "course",
        "sweep",
        "sweep_progress",
        "backfill",
        "lease",
        "commit_batch",
        "event_index",
        "assignment_index",
        "replay_job",
        "replay_audit",
    ];

    private string Schema => database.Options.Schema;

    /// <summary>Creates or changes what is not of this version yet. Returns false when the schema was already current.</summary>
    /// <exception cref="StorageException">The database cannot be reached, or is of a newer version.</exception>
    public Task<bool> ApplyAsync(CancellationToken cancellationToken) =>
        ApplyAsync(leftOut: _ => { }, cancellationToken);

    /// <param name="leftOut">
    /// Hears of each stored event and snapshot that cannot be read, as a sentence: it stays stored and is not found.
    /// </param>
    /// <inheritdoc cref="ApplyAsync(CancellationToken)" />
    public async Task<bool> ApplyAsync(Action<string> leftOut, CancellationToken cancellationToken)
    {
        const string operation = "Applying the database schema";
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            // What it makes and reads grows with the database; waiting for a lock keeps its bound.
            await ExecuteAsync(connection, "set local statement_timeout = 0", cancellationToken);
            await ExecuteAsync(connection, $"select pg_advisory_xact_lock({MigrationLock})", cancellationToken);

            var found = await ReadVersionAsync(connection, cancellationToken);
            if (found > CurrentVersion)
                throw OtherVersion(found, operation);
            if (found == CurrentVersion)
                return false;

            await MigrateAsync(connection, Schema, database.Sql, found, cancellationToken);
            // Snapshots of before there were keys, and events of before there was an index.
            if (found == 1)
                await KeyRebuild.RunAsync(connection, database.Sql, cancellationToken);
            if (found is 1 or 2)
                await new IndexRebuild(connection, database.Sql, leftOut).RunAsync(cancellationToken);
            await using (var version = new NpgsqlCommand(database.Sql.WriteSchemaVersion, connection))
            {
                version.Parameters.Add(new() { Value = CurrentVersion });
                await version.ExecuteNonQueryAsync(cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresFailures.Describe(operation, error);
        }
    }

    /// <summary>Passes when the schema is there and of this program's version.</summary>
    /// <exception cref="StorageException">It is not, or the database cannot be reached.</exception>
    public async Task EnsureCurrentAsync(CancellationToken cancellationToken)
    {
        const string operation = "Checking the version of the database schema";
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
            var found = await ReadVersionAsync(connection, cancellationToken);
            if (found != CurrentVersion)
                throw OtherVersion(found, operation);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresFailures.Describe(operation, error);
        }
    }

    /// <summary>
    /// Compares the tables with what this program would create, name by name and type by type: the expected tables are
    /// made in a scratch schema, read from the catalog and rolled back. Returns the differences; none means equal.
    /// </summary>
    /// <exception cref="StorageException">The database cannot be reached, or the user may not create a schema.</exception>
    public async Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken)
    {
        const string operation = "Checking the database schema";
        try
        {
            await EnsureCurrentAsync(cancellationToken);
            await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var actual = await ReadCatalogAsync(connection, Schema, cancellationToken);

            var scratch = $"scratch_{Guid.NewGuid():N}";
            await MigrateAsync(connection, scratch, new SqlText(scratch), from: 0, cancellationToken);
            var expected = await ReadCatalogAsync(connection, scratch, cancellationToken);
            await transaction.RollbackAsync(cancellationToken);

            return
            [
                .. expected.Except(actual).Select(line => $"missing: {line}"),
                .. actual.Except(expected).Select(line => $"unexpected: {line}"),
            ];
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresFailures.Describe(operation, error);
        }
    }

    private static async Task MigrateAsync(
        NpgsqlConnection connection,
        string schema,
        SqlText sql,
        int from,
        CancellationToken cancellationToken
    )
    {
        // 'if not exists' asks for the right to create all the same: a schema made beforehand is enough.
        await using (var exists = new NpgsqlCommand("select to_regnamespace($1) is not null", connection))
        {
            exists.Parameters.Add(new() { Value = schema });
            if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
                await ExecuteAsync(connection, $"create schema {schema}", cancellationToken);
        }

        foreach (var script in Scripts.Skip(from).SelectMany(scripts => scripts))
            await ExecuteAsync(connection, sql.Script(script), cancellationToken);
    }

    private async Task<HashSet<string>> ReadCatalogAsync(
        NpgsqlConnection connection,
        string schema,
        CancellationToken cancellationToken
    )
    {
        var lines = new HashSet<string>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand(database.Sql.ReadCatalog, connection);
        command.Parameters.Add(new() { Value = schema });
        command.Parameters.Add(new() { Value = Tables });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            lines.Add(reader.GetString(0));
        return lines;
    }

    /// <summary>0 when there is no schema yet.</summary>
    private async Task<int> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("select to_regclass($1) is not null", connection);
        exists.Parameters.Add(new() { Value = $"{Schema}.schema_version" });
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
            return 0;

        await using var version = new NpgsqlCommand(database.Sql.ReadSchemaVersion, connection);
        return await version.ExecuteScalarAsync(cancellationToken) as int? ?? 0;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        // The server bounds it, where it is bounded.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private StorageException OtherVersion(int found, string operation) =>
        found switch
        {
            0 => new(
                StorageFailureKind.Schema,
                operation,
                $"schema '{Schema}' has no tables of ours.",
                "Run 'ruangkerja-events db apply' once with a user that may create tables.",
                inner: null
            ),
            > CurrentVersion => new(
                StorageFailureKind.Schema,
                operation,
                $"schema '{Schema}' is of version {found}; this program knows version {CurrentVersion}.",
                "Run a newer version of this program.",
                inner: null
            ),
            _ => new(
                StorageFailureKind.Schema,
                operation,
                $"schema '{Schema}' is of version {found}; this program needs version {CurrentVersion}.",
                "Run 'ruangkerja-events db apply' once with a user that may change tables.",
                inner: null
            ),
        };
}
