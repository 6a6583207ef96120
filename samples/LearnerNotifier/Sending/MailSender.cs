using System.Net.Sockets;
using LearnerNotifier.Outbox;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LearnerNotifier.Sending;

/// <summary>
/// Sends what is in the outbox, one mail after another. Without a server all wait, as long as it takes; a mail that is put off
/// waits alone; one that is refused is kept with the reason.
/// </summary>
public sealed partial class MailSender(
    WaitingMails mails,
    IMailTransport transport,
    TimeProvider time,
    ILogger<MailSender> log
) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = TimeSpan.Zero;
            try
            {
                var result = await mails.SendNextAsync(transport, stoppingToken);
                wait = Note(result, ref failures);
            }
            catch (Exception error) when (error is NpgsqlException or SocketException or TimeoutException)
            {
                LogDatabaseAway(error.Message);
                wait = WaitAfter(++failures);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>How long to wait before the next mail.</summary>
    private TimeSpan Note(SendResult? result, ref int failures)
    {
        if (result is { Outcome: SendOutcome.Unavailable })
        {
            LogServerAway(result.Trouble);
            return WaitAfter(++failures);
        }

        failures = 0;
        if (result is { Outcome: SendOutcome.Refused or SendOutcome.PutOff })
            LogNotTaken(result.Outcome, result.Trouble);
        return result is null ? Look : TimeSpan.Zero;
    }

    /// <summary>1 s, 2 s, 4 s … half a minute.</summary>
    private static TimeSpan WaitAfter(int failures) =>
        TimeSpan.FromSeconds(1 << Math.Min(failures - 1, 5)) is var wait && wait < LongestWait ? wait : LongestWait;

    [LoggerMessage(1, LogLevel.Warning, "No mail can be sent now, they wait: {Trouble}")]
    private partial void LogServerAway(string? trouble);

    [LoggerMessage(2, LogLevel.Warning, "The mail server did not take a mail ({Outcome}): {Trouble}")]
    private partial void LogNotTaken(SendOutcome outcome, string? trouble);

    [LoggerMessage(3, LogLevel.Warning, "The mails that wait cannot be read now: {Trouble}")]
    private partial void LogDatabaseAway(string trouble);
}
