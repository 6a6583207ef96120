using Npgsql;

namespace RuangKerja.Events.Storage;

/// <summary>Makes and checks the tables: Marten's three and ours.</summary>
public sealed class DatabaseSchema(Database database)
{
    /// <summary>The version this program reads and writes.</summary>
    public const int CurrentVersion = 3;

    private string Schema => database.Options.Schema;

    /// <summary>Creates or changes what is not of this version yet. Returns false when there was nothing to do.</summary>
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
            // A connection of its own, since an engine migrates on others: those see what was committed.
            await using var waiting = await database.Source.OpenConnectionAsync(cancellationToken);
            await using var turn = await waiting.BeginTransactionAsync(cancellationToken);
            await SchemaMigration.TakeTurnAsync(waiting, cancellationToken);

            var migrated = await MigrateAsync(leftOut, operation, cancellationToken);
            return await database.Options.Engine.ApplyAsync(database, cancellationToken) || migrated;
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
    public async Task<IReadOnlyList<SchemaDifference>> CheckAsync(CancellationToken cancellationToken)
    {
        const string operation = "Checking the database schema";
        try
        {
            await EnsureCurrentAsync(cancellationToken);
            await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
            var ours = await SchemaComparison.RunAsync(connection, Schema, database.Sql.ReadCatalog, cancellationToken);
            return await WithEnginesAsync(ours, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresFailures.Describe(operation, error);
        }
    }

    private async Task<IReadOnlyList<SchemaDifference>> WithEnginesAsync(
        IReadOnlyList<SchemaDifference> ours,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return [.. ours, .. await database.Options.Engine.CheckAsync(database, cancellationToken)];
        }
        // What was found is not to get lost by what an engine may not look at.
        catch (StorageException refused) when (refused.Kind == StorageFailureKind.Configuration && ours.Count > 0)
        {
            return [.. ours, new SchemaDifference(refused.Message, IsMendedByApply: false)];
        }
    }

    /// <summary>Leads the tables of every engine to the current version; false when they are of it already.</summary>
    private async Task<bool> MigrateAsync(Action<string> leftOut, string operation, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var found = await ReadVersionAsync(connection, cancellationToken);
        if (found > CurrentVersion)
            throw OtherVersion(found, operation);
        if (found == CurrentVersion)
            return false;

        await SchemaMigration.RunAsync(connection, Schema, database.Sql, found, leftOut, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
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
