using Npgsql;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Marten;

/// <summary>The engine on the Marten library.</summary>
public sealed class MartenEngine : IStorageEngine
{
    /// <summary>There is only one.</summary>
    public static readonly MartenEngine Instance = new();

    private MartenEngine() { }

    /// <inheritdoc />
    public string Name => "Marten";

    /// <inheritdoc />
    public IEventStore CreateStore(Database database) => new MartenEventStore(database);

    /// <summary>
    /// Marten's own migration: it adds the functions and tables that only Marten needs. The tables of every engine are made
    /// already; they get the columns that this version of Marten has more, and are not changed otherwise.
    /// </summary>
    public Task<bool> ApplyAsync(Database database, CancellationToken cancellationToken) =>
        MartenFailures.DescribeAsync(
            "Applying Marten's own migration",
            () => MigrateAsync(database, cancellationToken)
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<SchemaDifference>> CheckAsync(Database database, CancellationToken cancellationToken) =>
        MartenFailures.DescribeAsync(
            "Checking the database schema with Marten",
            async () =>
            {
                if (!await IsOwnerAsync(database, cancellationToken))
                    throw new StorageException(
                        StorageFailureKind.Configuration,
                        "Checking the database schema with Marten",
                        "this user does not own the tables, and Marten sees the whole of a table as its owner alone.",
                        "Run 'ruangkerja-events db check' as the user that runs 'db apply'.",
                        inner: null
                    );
                await using var marten = MartenStores.ForSchema(database);
                return (await MartenMigration.FindAsync(marten, cancellationToken)).Differences();
            }
        );

    private static async Task<bool> MigrateAsync(Database database, CancellationToken cancellationToken)
    {
        await using var marten = MartenStores.ForSchema(database);
        var migration = await MartenMigration.FindAsync(marten, cancellationToken);
        if (migration.Script() is not { Length: > 0 } script)
            return false;

        // Who does not own a table does not see all of it, and finds differences where there are none.
        if (!migration.LacksAnything && !await IsOwnerAsync(database, cancellationToken))
            return false;

        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"set local statement_timeout = 0; {script}", connection)
        {
            CommandTimeout = 0,
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task<bool> IsOwnerAsync(Database database, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(
            "select pg_has_role(relowner, 'usage') from pg_class where oid = to_regclass($1)"
        );
        command.Parameters.Add(new() { Value = $"{database.Options.Schema}.mt_events" });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
