using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Storage;

/// <summary>
/// Turns the database's notifications into rings of the <see cref="OutboxSignal"/> and the <see cref="ReplaySignal"/>. Only
/// an accelerator: while it is not connected, who waits for them finds the work by looking now and then.
/// </summary>
public sealed partial class DatabaseListener(
    Database database,
    OutboxSignal outbox,
    ReplaySignal replays,
    TimeProvider time,
    ILogger<DatabaseListener> logger
) : BackgroundService
{
    private const string OutboxChannel = "ruangkerja_outbox";

    private static readonly Backoff Reconnect = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var jitter = new Random();
        for (var failures = 1; !stoppingToken.IsCancellationRequested; failures++)
        {
            try
            {
                await ListenAsync(onListening: () => failures = 0, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // Whatever it is: without the listener work is only found a little later.
            catch (Exception error)
            {
                var delay = Reconnect.Delay(Math.Max(1, failures), jitter.NextDouble());
                Log.ListenerLost(logger, error.Message, delay);
                await Task.Delay(delay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(Action onListening, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, notification) => Ring(notification);
        await using (var listen = new NpgsqlCommand(database.Sql.Listen, connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);

        onListening();
        while (true)
            await connection.WaitAsync(cancellationToken);
    }

    private void Ring(NpgsqlNotificationEventArgs notification)
    {
        if (notification.Channel == OutboxChannel)
            outbox.Set(notification.Payload);
        else
            replays.Set();
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 301,
            Level = LogLevel.Information,
            Message = "Not listening for new outbox rows and replays ({Reason}); listening again in {Delay}. Their readers look by themselves meanwhile."
        )]
        public static partial void ListenerLost(ILogger logger, string reason, TimeSpan delay);
    }
}
