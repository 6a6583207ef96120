using LearnerNotifier.Learners;
using LearnerNotifier.Mails;
using LearnerNotifier.News;
using LearnerNotifier.Outbox;
using MassTransit;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Inbox;

namespace LearnerNotifier;

/// <summary>Writes a mail of each change that is news to its learner: ① is it news ② who is it ③ into the outbox.</summary>
/// <param name="transaction">The inbox's: the mail is there when the message is marked as handled, and not before.</param>
public sealed class LearnerNotifierConsumer(
    NewsRule news,
    ILearnerDirectory learners,
    MailTemplates templates,
    MailOutbox outbox,
    InboxTransaction transaction,
    TimeProvider time
) : IConsumer<CourseStatusChanged>
{
    // As the service sets it on what it sends again.
    private const string ReplayIdHeader = "replayId";

    /// <inheritdoc />
    public async Task Consume(ConsumeContext<CourseStatusChanged> context)
    {
        var change = context.Message;
        var silence = news.Judge(change, await IsPastAsync(context), time.GetUtcNow());
        if (silence == Silence.None)
            silence = await WriteAsync(change, context.CancellationToken);

        var said = silence == Silence.None ? "mail" : $"no mail ({silence})";
        await Console.Out.WriteLineAsync(
            $"{change.Kind, -9} {change.EmployeeId}  {change.CourseName}  {said}, event {change.EventId}"
        );
    }

    private async Task<Silence> WriteAsync(CourseStatusChanged change, CancellationToken cancellationToken)
    {
        if (await learners.FindAsync(change.Company, change.EmployeeId, cancellationToken) is not { } learner)
            return Silence.Unknown;
        if (templates.Write(change, learner.Language) is not { } content)
            return Silence.Kind;

        await outbox.AddAsync(change.EventId, learner, content, transaction, cancellationToken);
        return Silence.None;
    }

    /// <summary>
    /// Whether a replay tells the past. That a message is replayed does not say so: what is missing comes by a replay too, and its
    /// mail was never sent. But a replay that is the first to tell of an assignment tells what was before this subscriber.
    /// </summary>
    private async Task<bool> IsPastAsync(ConsumeContext<CourseStatusChanged> context)
    {
        Guid? replay =
            context.Headers.TryGetHeader(ReplayIdHeader, out var value) && Guid.TryParse($"{value}", out var id)
                ? id
                : null;
        var first = await MailOutbox.HearAsync(context.Message, replay, transaction, context.CancellationToken);
        return replay is not null && first == replay;
    }
}
