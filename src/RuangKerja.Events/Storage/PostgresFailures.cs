using System.Net.Sockets;
using Npgsql;

namespace RuangKerja.Events.Storage;

/// <summary>The one place that tells what a driver's error means.</summary>
internal static class PostgresFailures
{
    /// <summary>True for errors that say another writer was first: load again, detect again.</summary>
    public static bool IsConflict(this PostgresException error) =>
        error.SqlState
            is PostgresErrorCodes.UniqueViolation
                or PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.DeadlockDetected;

    /// <summary>Nothing was heard within the time there was.</summary>
    public static StorageException NoAnswer(string operation, TimeSpan waited) =>
        new(
            StorageFailureKind.Unavailable,
            operation,
            $"PostgreSQL gave no answer within {waited.TotalSeconds:0} s.",
            "Check that the server of Storage:ConnectionString is not overloaded or frozen.",
            inner: null
        );

    /// <summary>Names what happened while <paramref name="operation"/> was under way.</summary>
    public static StorageException Describe(string operation, Exception error) =>
        error switch
        {
            StorageException already => already,
            PostgresException
            {
                SqlState: PostgresErrorCodes.UndefinedTable
                    or PostgresErrorCodes.InvalidSchemaName
                    // Another Marten has dropped what ours needs.
                    or PostgresErrorCodes.UndefinedColumn
                    or PostgresErrorCodes.UndefinedFunction
            } missing => new(
                StorageFailureKind.Schema,
                operation,
                $"{Sentence(missing.MessageText)}",
                "Run 'ruangkerja-events db apply' on this database.",
                missing
            ),
            PostgresException fenced when IsFence(fenced) => new(
                StorageFailureKind.Schema,
                operation,
                $"a newer version of this program has changed the tables, and this one writes nothing more ({fenced.SqlState}).",
                "Run the newer version of this program.",
                fenced
            ),
            PostgresException refused when IsConfiguration(refused) => new(
                StorageFailureKind.Configuration,
                operation,
                $"PostgreSQL refuses ({refused.SqlState}): {Sentence(refused.MessageText)}",
                "Check Storage:ConnectionString (user, password, database) and the rights of its user.",
                refused
            ),
            PostgresException full when IsOutOfResources(full) => new(
                StorageFailureKind.Unavailable,
                operation,
                $"PostgreSQL has no room now ({full.SqlState}): {Sentence(full.MessageText)}",
                "Give the server disk, memory or connections.",
                full
            ),
            PostgresException passing when Passes(passing) => new(
                StorageFailureKind.Unavailable,
                operation,
                $"PostgreSQL cannot serve now ({passing.SqlState}): {Sentence(passing.MessageText)}",
                "Look at the server's own log.",
                passing
            ),
            PostgresException other => new(
                StorageFailureKind.Refused,
                operation,
                $"PostgreSQL answers {other.SqlState}: {Sentence(other.MessageText)}",
                "Report this as a fault.",
                other
            ),
            NpgsqlException or TimeoutException or SocketException or IOException => new(
                StorageFailureKind.Unavailable,
                operation,
                $"PostgreSQL cannot be reached: {Sentence(Innermost(error).Message)}",
                "Check that the server of Storage:ConnectionString runs and is reachable.",
                error
            ),
            _ => new(StorageFailureKind.Refused, operation, Sentence(error.Message), "Report this as a fault.", error),
        };

    // How a newer version keeps this one out: docs/decisions/0022.
    private static bool IsFence(PostgresException error) =>
        error switch
        {
            { SqlState: PostgresErrorCodes.NotNullViolation, ColumnName: { } column } => IsFence(column),
            { SqlState: PostgresErrorCodes.CheckViolation, ConstraintName: { } constraint } => IsFence(constraint),
            _ => false,
        };

    private static bool IsFence(string name) => name.Contains("schema_version", StringComparison.Ordinal);

    private static bool IsConfiguration(PostgresException error) =>
        error.SqlState
            is PostgresErrorCodes.InvalidPassword
                or PostgresErrorCodes.InvalidAuthorizationSpecification
                or PostgresErrorCodes.InvalidCatalogName
                or PostgresErrorCodes.InsufficientPrivilege;

    // Class 53, insufficient resources: somebody has to make room.
    private static bool IsOutOfResources(PostgresException error) => IsOfClass(error, "53");

    // Classes 57 (operator intervention) and 58 (system error) pass when the cause does.
    private static bool Passes(PostgresException error) =>
        error.IsTransient || IsOfClass(error, "57") || IsOfClass(error, "58");

    private static bool IsOfClass(PostgresException error, string code) =>
        error.SqlState.StartsWith(code, StringComparison.Ordinal);

    private static string Sentence(string text) => text.TrimEnd().TrimEnd('.') + ".";

    private static Exception Innermost(Exception error)
    {
        while (error.InnerException is { } inner)
            error = inner;
        return error;
    }
}
