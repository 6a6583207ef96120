using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RuangKerja.Events.Subscriber.Inbox.Postgres;

/// <summary>
/// Makes the tables at the start, and forgets events that were handled long ago: each hour, a few at a time. Several instances
/// may do it beside each other.
/// </summary>
internal sealed partial class InboxTrimming(
    PostgresInboxParts parts,
    string subscriber,
    PostgresInboxOptions options,
    TimeProvider time,
    ILogger<InboxTrimming> logger
) : BackgroundService
{
    private const int AtOnce = 1_000;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Interval;
            try
            {
                await TrimAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (InboxException error)
            {
                wait = AfterTrouble;
                Log.Waits(logger, subscriber, wait, error.Message);
            }

            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Returns how many were forgotten.</summary>
    internal async Task<long> TrimAsync(CancellationToken cancellationToken)
    {
        await parts.Tables.EnsureAsync(cancellationToken);
        var all = 0L;
        try
        {
            for (var some = AtOnce; some == AtOnce; all += some)
            {
                await using var command = parts.Source.CreateCommand(parts.Sql.TrimInbox);
                command.CommandTimeout = options.CommandTimeoutSeconds;
                command.Parameters.Add(new() { Value = subscriber });
                command.Parameters.Add(new() { Value = options.Retention });
                command.Parameters.Add(new() { Value = AtOnce });
                some = await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw InboxFailures.Describe("Forgetting events that were handled long ago", error);
        }

        return all;
    }

    private static partial class Log
    {
        [LoggerMessage(
            2021,
            LogLevel.Warning,
            "{Queue}: the inbox cannot be looked after now, and is again in {Wait}: {Reason}"
        )]
        public static partial void Waits(ILogger logger, string queue, TimeSpan wait, string reason);
    }
}
