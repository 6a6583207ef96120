using System.Text;
using Npgsql;

namespace RuangKerja.Events.Subscriber.Inbox.Postgres;

/// <summary>The one place that tells what a driver's error means for the inbox.</summary>
internal static class InboxFailures
{
    /// <summary>Names what happened while <paramref name="operation"/> was under way, and what to do.</summary>
    public static InboxException Describe(string operation, Exception error) =>
        error switch
        {
            InboxException already => already,
            PostgresException
            {
                SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName
            } missing => new(
                $"{operation}: {Sentence(missing.MessageText)} Make the inbox's tables with the script of PostgresInboxTables.Script.",
                missing
            ),
            PostgresException
            {
                SqlState: PostgresErrorCodes.InsufficientPrivilege
                    or PostgresErrorCodes.InvalidPassword
                    or PostgresErrorCodes.InvalidAuthorizationSpecification
                    or PostgresErrorCodes.InvalidCatalogName
            } refused => new(
                $"{operation}: PostgreSQL refuses ({refused.SqlState}): {Sentence(refused.MessageText)} "
                    + "Check user, password and database, and the user's rights on the inbox's schema.",
                refused
            ),
            PostgresException other => new(
                $"{operation}: PostgreSQL answers {other.SqlState}: {Sentence(other.MessageText)} Look at the server's own log.",
                other
            ),
            NpgsqlException { InnerException: TimeoutException } late => new(
                $"{operation}: PostgreSQL gave no answer in time. It is overloaded, or another process handles the same assignment.",
                late
            ),
            _ => new(
                $"{operation}: PostgreSQL cannot be reached: {Sentence(Innermost(error).Message)} Check that it runs.",
                error
            ),
        };

    /// <summary>
    /// The same for a commit of what the consumer wrote, which the database may refuse for what it is: a constraint that is
    /// looked at last, or a statement that failed before.
    /// </summary>
    public static Exception DescribeCommit(string operation, Exception error) =>
        error switch
        {
            PostgresException { SqlState: PostgresErrorCodes.InFailedSqlTransaction } failed =>
                new InboxRefusedException(
                    $"{operation}: a statement of the consumer in the inbox's transaction failed before, and was passed over. "
                        + "Let its exception through, or use a savepoint.",
                    failed
                ),
            EncoderFallbackException unstorable => new InboxRefusedException(
                $"{operation}: the database cannot hold a text of it: {Sentence(unstorable.Message)}",
                unstorable
            ),
            PostgresException refused when IsOfTheEffect(refused) => new InboxRefusedException(
                $"{operation}: PostgreSQL refuses what was written ({refused.SqlState}): {Sentence(refused.MessageText)} "
                    + "Look at what the consumer writes in the inbox's transaction.",
                refused
            ),
            _ => Describe(operation, error),
        };

    // Classes 22 (data), 23 (constraints), 25 (state of the transaction), 44 (check option), P0 (raised by a trigger): the
    // same again meets the same. A lock that was lost to another (40) does not.
    private static bool IsOfTheEffect(PostgresException error) =>
        error.SqlState[..2] is "22" or "23" or "25" or "44" or "P0";

    private static string Sentence(string text) => text.TrimEnd().TrimEnd('.') + ".";

    private static Exception Innermost(Exception error)
    {
        while (error.InnerException is { } inner)
            error = inner;
        return error;
    }
}
