using LearnerNotifier.Mails;
using LearnerNotifier.Sending;
using Npgsql;

namespace LearnerNotifier.Outbox;

/// <summary>Takes mails out of the outbox, one by one, and keeps what became of each.</summary>
public sealed class WaitingMails(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>How long a mail that is put off is tried, as mail servers do (RFC 5321, section 4.5.4.1: at least 4 to 5 days).</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(5);

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    /// <summary>Makes the tables where there are none; several may do so at once.</summary>
    public async Task MakeTablesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            $"select pg_advisory_xact_lock(hashtext('notifier')); {Sql.Schema}",
            connection,
            transaction
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Sends the mail that is due first, and marks it. A crash between the two leaves it unmarked, and it is sent again: then
    /// with the same Message-ID, by which mail servers drop what they have.
    /// </summary>
    /// <returns>What became of it; null when none was due.</returns>
    public async Task<SendResult?> SendNextAsync(IMailTransport transport, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        // The row is locked until it is marked: another instance takes the next one.
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await TakeAsync(connection, transaction, cancellationToken) is not { } mail)
            return null;

        var result = await transport.SendAsync(mail.Outgoing, cancellationToken);
        if (result.Outcome == SendOutcome.Unavailable)
            return result;

        await SettleAsync(mail, result, connection, transaction);
        return result;
    }

    private async Task<Waiting?> TakeAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(Sql.Take, connection, transaction)
        {
            Parameters = { new() { Value = time.GetUtcNow().UtcDateTime } },
        };
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new Waiting(
                row.GetInt64(0),
                new OutgoingMail(
                    row.GetGuid(1),
                    row.GetString(2),
                    row.GetString(3),
                    new MailContent(row.GetString(4), row.GetString(5), row.GetString(6))
                ),
                row.GetFieldValue<DateTimeOffset>(7),
                row.GetInt32(8)
            )
            : null;
    }

    /// <summary>What has left is marked even when the program is being stopped.</summary>
    private async Task SettleAsync(
        Waiting mail,
        SendResult result,
        NpgsqlConnection connection,
        NpgsqlTransaction transaction
    )
    {
        var now = time.GetUtcNow();
        var givenUp =
            result.Outcome == SendOutcome.Refused
            || (result.Outcome == SendOutcome.PutOff && now - mail.WrittenAt >= GiveUpAfter);
        await using var command = new NpgsqlCommand(Sql.Settle, connection, transaction)
        {
            Parameters =
            {
                new() { Value = mail.Id },
                Instant(result.Outcome == SendOutcome.Sent ? now : null),
                Instant(givenUp ? now : null),
                Instant(now + WaitAfter(mail.Attempts)),
                new() { Value = (object?)result.Trouble ?? DBNull.Value, DataTypeName = "text" },
            },
        };
        await command.ExecuteNonQueryAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>5 s, 10 s, 20 s … half an hour.</summary>
    private static TimeSpan WaitAfter(int attempts) =>
        TimeSpan.FromSeconds(5) * (1 << Math.Min(attempts, 10)) is var wait && wait < LongestWait ? wait : LongestWait;

    private static NpgsqlParameter Instant(DateTimeOffset? instant) =>
        new() { Value = (object?)instant?.UtcDateTime ?? DBNull.Value, DataTypeName = "timestamptz" };

    private sealed record Waiting(long Id, OutgoingMail Outgoing, DateTimeOffset WrittenAt, int Attempts);
}
