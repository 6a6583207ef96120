using Npgsql;

namespace RuangKerja.Events.Subscriber.Inbox.Postgres;

/// <summary>Makes the inbox's tables, once, whoever of several instances comes first.</summary>
public sealed class PostgresInboxTables
{
    private readonly NpgsqlDataSource _source;
    private readonly InboxSql _sql;
    private readonly PostgresInboxOptions _options;

    // At a start, and while the database is away then, everything that was handed out asks. One look at a time answers it, and
    // who gives up waiting does not end it for the others.
    private readonly Gathering<bool, bool> _looking;
    private volatile bool _isThere;

    internal PostgresInboxTables(NpgsqlDataSource source, InboxSql sql, PostgresInboxOptions options)
    {
        (_source, _sql, _options) = (source, sql, options);
        _looking = new(LookAsync, int.MaxValue);
    }

    /// <summary>
    /// What a user with the right to create runs once, where the program's may not. The program's user then needs
    /// <c>usage</c> on the schema, and <c>select, insert, update, delete</c> on its tables.
    /// </summary>
    public static string Script(string schema = "subscriber") =>
        $"create schema if not exists {schema};\n\n{new InboxSql(schema).Tables}";

    /// <summary>Passes when the tables are there, and makes them when they are not and may be made.</summary>
    /// <exception cref="InboxException">They are not, or the database cannot be used now.</exception>
    internal ValueTask EnsureAsync(CancellationToken cancellationToken) =>
        _isThere ? ValueTask.CompletedTask : new(_looking.RunAsync(false).WaitAsync(cancellationToken));

    private async Task<bool[]> LookAsync(bool[] asking)
    {
        // Others may have waited for the look that has found them.
        if (!_isThere)
            await LookAsync();
        return new bool[asking.Length];
    }

    private async Task LookAsync()
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync();
            if (!await ExistAsync(connection))
                await MakeAsync(connection);
            _isThere = true;
        }
        catch (Exception error) when (error is not InboxException)
        {
            throw InboxFailures.Describe("Looking for the inbox's tables", error);
        }
    }

    private async Task MakeAsync(NpgsqlConnection connection)
    {
        if (!_options.CreateTables)
            throw new InboxException(
                $"Looking for the inbox's tables: schema '{_options.Schema}' lacks them, and CreateTables is false. "
                    + "Run the script of PostgresInboxTables.Script once."
            );

        await using var transaction = await connection.BeginTransactionAsync();
        await RunAsync(
            connection,
            $"select pg_advisory_xact_lock(hashtextextended('{_options.Schema}.course_status_inbox', 0))"
        );
        // Another instance may have been first. A schema made beforehand is enough: creating asks for a right of its own.
        if (await ExistAsync(connection))
            return;
        await RunAsync(
            connection,
            $"do $$ begin if not exists (select from pg_catalog.pg_namespace where nspname = '{_options.Schema}') "
                + $"then create schema {_options.Schema}; end if; end $$"
        );
        await RunAsync(connection, _sql.Tables);
        await transaction.CommitAsync();
    }

    private async Task<bool> ExistAsync(NpgsqlConnection connection)
    {
        await using var command = Command(_sql.TablesExist, connection);
        return await command.ExecuteScalarAsync() is true;
    }

    private async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = Command(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private NpgsqlCommand Command(string sql, NpgsqlConnection connection) =>
        new(sql, connection) { CommandTimeout = _options.CommandTimeoutSeconds };
}
