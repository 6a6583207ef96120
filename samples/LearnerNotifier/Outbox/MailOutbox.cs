using LearnerNotifier.Learners;
using LearnerNotifier.Mails;
using Npgsql;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Inbox;

namespace LearnerNotifier.Outbox;

/// <summary>
/// Where mails wait to be sent. No transaction spans a database and a mail server, so the message's effect is a row here, which
/// is there exactly once; the sending follows.
/// </summary>
public sealed class MailOutbox(TimeProvider time)
{
    /// <summary>Notes that an assignment was heard of, and tells by what first.</summary>
    /// <param name="replay">The replay that the message at hand belongs to; null for news.</param>
    /// <returns>The replay that was the first to tell of it; null when news was.</returns>
    public static async Task<Guid?> HearAsync(
        CourseStatusChanged change,
        Guid? replay,
        InboxTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(Sql.Hear, transaction.Connection, transaction.Transaction)
        {
            Parameters =
            {
                new() { Value = change.Company },
                new() { Value = change.AssignmentId },
                new() { Value = (object?)replay ?? DBNull.Value, DataTypeName = "uuid" },
            },
        };
        return await command.ExecuteScalarAsync(cancellationToken) as Guid?;
    }

    /// <summary>Puts a mail into the message's transaction. One event gives one mail, however often it comes.</summary>
    public async Task AddAsync(
        Guid eventId,
        Learner learner,
        MailContent content,
        InboxTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(Sql.Add, transaction.Connection, transaction.Transaction)
        {
            Parameters =
            {
                new() { Value = eventId },
                new() { Value = learner.Address.Address },
                new() { Value = LearnerFile.WordOf(learner.Language) },
                new() { Value = content.Subject },
                new() { Value = content.Text },
                new() { Value = content.Html },
                new() { Value = time.GetUtcNow().UtcDateTime },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
