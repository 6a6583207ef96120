using Npgsql;

namespace RuangKerja.Events.Storage;

/// <summary>Makes and changes tables, from one version of the schema to the next.</summary>
internal static class SchemaMigration
{
    // Any constant of our own: two 'db apply' at once take turns.
    private const long MigrationLock = 0x52_4B_45_56_44_42;

    // By the version that they lead to, from 1.
    private static readonly string[][] Scripts =
    [
        ["001_marten_tables", "001_pipeline_tables"],
        ["002_rosters", "002_leases", "002_commit_batches", "002_outbox_holds"],
        ["003_history", "003_replays"],
    ];

    /// <summary>No other migrates until the open transaction ends.</summary>
    public static async Task TakeTurnAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await LiftLimitsAsync(connection, cancellationToken);
        await ExecuteAsync(connection, $"select pg_advisory_xact_lock({MigrationLock})", cancellationToken);
    }

    /// <summary>Leads a schema from a version, 0 for none, to the current one, in the open transaction.</summary>
    /// <param name="leftOut">Hears of each stored event and snapshot that cannot be read, as a sentence.</param>
    public static async Task RunAsync(
        NpgsqlConnection connection,
        string schema,
        SqlText sql,
        int from,
        Action<string> leftOut,
        CancellationToken cancellationToken
    )
    {
        await LiftLimitsAsync(connection, cancellationToken);
        await MakeTablesAsync(connection, schema, sql, from, cancellationToken);
        // Snapshots of before there were keys, and events of before there was an index.
        if (from == 1)
            await KeyRebuild.RunAsync(connection, sql, cancellationToken);
        if (from is 1 or 2)
            await new IndexRebuild(connection, sql, leftOut).RunAsync(cancellationToken);
        await using var version = new NpgsqlCommand(sql.WriteSchemaVersion, connection);
        version.Parameters.Add(new() { Value = DatabaseSchema.CurrentVersion });
        await version.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Makes the tables alone, and moves nothing that is stored.</summary>
    public static async Task MakeTablesAsync(
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

    // What is made and read grows with the database; waiting for a lock keeps its bound.
    private static async Task LiftLimitsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, "set local statement_timeout = 0", cancellationToken);
        await ExecuteAsync(connection, "set local idle_in_transaction_session_timeout = 0", cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        // The server bounds it, where it is bounded.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
