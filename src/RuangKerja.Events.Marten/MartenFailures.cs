using JasperFx;
using Marten.Exceptions;
using Npgsql;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Marten;

/// <summary>The one place that tells what Marten's exceptions mean.</summary>
internal static class MartenFailures
{
    /// <summary>True for those that say another writer was first: load again, detect again.</summary>
    public static bool IsConflict(Exception error) =>
        error switch
        {
            // Streams that were started, or moved: JasperFx's own is the base of Marten's.
            ExistingStreamIdCollisionException or ConcurrencyException or ConcurrentUpdateException => true,
            AggregateException several => several.InnerExceptions.All(IsConflict),
            _ => false,
        };

    /// <summary>The driver's own error where Marten has wrapped one, else what it is given.</summary>
    public static Exception Unwrap(Exception error) => Driver(error) ?? error;

    /// <summary>Runs something of Marten's that is no commit.</summary>
    /// <exception cref="StorageException">It failed.</exception>
    public static async Task<T> DescribeAsync<T>(string operation, Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresFailures.Describe(operation, Unwrap(error));
        }
    }

    private static NpgsqlException? Driver(Exception? error) =>
        error is null or NpgsqlException ? (NpgsqlException?)error : Driver(error.InnerException);
}
