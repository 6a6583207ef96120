using Npgsql;

namespace RuangKerja.Events.Subscriber.Inbox.Postgres;

/// <summary>Makes the inbox's tables, once, whoever of several instances comes first.</summary>
public sealed class PostgresInboxTables
{
    private readonly NpgsqlDataSource _source;
    private readonly InboxSql _sql;
    private readonly PostgresInboxOptions _options;
    private volatile bool _isThere;

    internal PostgresInboxTables(NpgsqlDataSource source, InboxSql sql, PostgresInboxOptions options) =>
        (_source, _sql, _options) = (source, sql, options);

    /// <summary>
    /// What a user with the right to create runs once, where the program's may not. The program's user then needs
    /// <c>usage</c> on the schema, and <c>select, insert, update, delete</c> on its tables.
    /// </summary>
    public static string Script(string schema = "subscriber") =>
        $"create schema if not exists {schema};\n\n{new InboxSql(schema).Tables}";

    /// <summary>Passes when the tables are there, and makes them when they are not and may be made.</summary>
    /// <exception cref="InboxException">They are not, or the database cannot be used now.</exception>
    internal ValueTask EnsureAsync(CancellationToken cancellationToken) =>
        _isThere ? ValueTask.CompletedTask : new(LookAsync(cancellationToken));

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            if (!await ExistAsync(connection, cancellationToken))
                await MakeAsync(connection, cancellationToken);
            _isThere = true;
        }
        catch (Exception error) when (error is not (OperationCanceledException or InboxException))
        {
            throw InboxFailures.Describe("Looking for the inbox's tables", error);
        }
    }

    private async Task MakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!_options.CreateTables)
            throw new InboxException(
                $"Looking for the inbox's tables: schema '{_options.Schema}' lacks them, and CreateTables is false. "
                    + "Run the script of PostgresInboxTables.Script once."
            );

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(
            connection,
            $"select pg_advisory_xact_lock(hashtextextended('{_options.Schema}.course_status_inbox', 0))",
            cancellationToken
        );
        // Another instance may have been first. A schema made beforehand is enough: creating asks for a right of its own.
        if (await ExistAsync(connection, cancellationToken))
            return;
        await RunAsync(
            connection,
            $"do $$ begin if not exists (select from pg_catalog.pg_namespace where nspname = '{_options.Schema}') "
                + $"then create schema {_options.Schema}; end if; end $$",
            cancellationToken
        );
        await RunAsync(connection, _sql.Tables, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<bool> ExistAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = Command(_sql.TablesExist, connection);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql, NpgsqlConnection connection) =>
        new(sql, connection) { CommandTimeout = _options.CommandTimeoutSeconds };
}
