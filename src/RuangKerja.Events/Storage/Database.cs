using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using RuangKerja.Events.Storage.Leases;

namespace RuangKerja.Events.Storage;

/// <summary>The pool of connections and the statements that go over it.</summary>
public sealed class Database : IAsyncDisposable
{
    private const int KeepAliveSeconds = 15;

    /// <summary>Opens no connection yet.</summary>
    /// <param name="logger">Hears of changes of the password's file.</param>
    /// <exception cref="StorageException">The connection string cannot be read.</exception>
    public Database(StorageOptions options, ILogger<Database>? logger = null)
    {
        Options = options;
        Sql = new SqlText(options.Schema);
        Source = Build(options, logger ?? NullLogger<Database>.Instance);
    }

    internal StorageOptions Options { get; }

    internal SqlText Sql { get; }

    internal NpgsqlDataSource Source { get; }

    /// <summary>Runs one statement outside of any transaction of ours.</summary>
    /// <exception cref="StorageException">The database did not do its part.</exception>
    internal async Task<T> RunAsync<T>(
        string operation,
        string sql,
        Func<NpgsqlCommand, Task<T>> run,
        params object?[] parameters
    )
    {
        try
        {
            await using var command = Source.CreateCommand(sql);
            command.AddParameters(parameters);
            return await run(command);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresFailures.Describe(operation, error);
        }
    }

    /// <summary>Runs one statement and tells how many rows it touched.</summary>
    /// <inheritdoc cref="RunAsync{T}" />
    internal Task<int> RunAsync(
        string operation,
        string sql,
        CancellationToken cancellationToken,
        params object?[] parameters
    ) => RunAsync(operation, sql, command => command.ExecuteNonQueryAsync(cancellationToken), parameters);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Source.DisposeAsync();

    private static NpgsqlDataSource Build(StorageOptions options, ILogger logger)
    {
        var connection = Connection(options);
        if (options.ConnectionStringFile is not { } file)
            return NpgsqlDataSource.Create(connection);

        // The driver asks for it whenever it makes a connection; beside one in the string it would not.
        connection.Password = null;
        return new NpgsqlDataSourceBuilder(connection.ConnectionString)
            .UsePasswordProvider(
                passwordProvider: _ => Password(),
                passwordProviderAsync: (_, _) => ValueTask.FromResult(Password())
            )
            .Build();

        string Password() => new NpgsqlConnectionStringBuilder(file.Read(logger)).Password ?? "";
    }

    private static NpgsqlConnectionStringBuilder Connection(StorageOptions options)
    {
        try
        {
            var given = new NpgsqlConnectionStringBuilder(options.ConnectionString);
            return new NpgsqlConnectionStringBuilder(options.ConnectionString)
            {
                Options = $"{given.Options} {SessionLimits(options)}".Trim(),
                ApplicationName = "ruangkerja-events",
                // Marten's own functions stamp rows with the session's zone; ours must be the same instant.
                Timezone = "UTC",
                CommandTimeout = Seconds(options.CommandTimeout),
                Timeout = Seconds(options.ConnectTimeout),
                KeepAlive = KeepAliveSeconds,
                MaxPoolSize = options.MaxConnections,
                IncludeErrorDetail = false,
            };
        }
        catch (ArgumentException)
        {
            throw new StorageException(
                StorageFailureKind.Configuration,
                "Reading Storage:ConnectionString",
                // The driver's own text may repeat a part of the string: it is a secret.
                "it is not a connection string.",
                "Write it as 'Host=…;Port=5432;Database=…;Username=…;Password=…'.",
                inner: null
            );
        }
    }

    /// <summary>
    /// The server's own bounds: it must not go on with what nobody waits for any more, nor hold locks for a program that is
    /// frozen or cut off in the middle of a transaction: whoever takes its lease over would wait for them. And no
    /// just-in-time compilation: our statements find few rows by their keys, and compiling them takes longer than running them.
    /// </summary>
    private static string SessionLimits(StorageOptions options)
    {
        var milliseconds = (long)options.CommandTimeout.TotalMilliseconds;
        return $"-c statement_timeout={milliseconds} -c lock_timeout={milliseconds} "
            + $"-c idle_in_transaction_session_timeout={(long)Lease.Period.TotalMilliseconds} -c jit=off";
    }

    private static int Seconds(TimeSpan span) => (int)Math.Ceiling(span.TotalSeconds);
}
