using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace RuangKerja.Events.Storage;

/// <summary>
/// Turns the database's notifications into rings of the <see cref="OutboxSignal"/>. Only an accelerator: while it is not
/// connected the relay finds its work by looking now and then.
/// </summary>
public sealed partial class OutboxListener(
    Database database,
    OutboxSignal signal,
    TimeProvider time,
    ILogger<OutboxListener> logger
) : BackgroundService
{
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
            // Whatever it is: without the listener the relay only finds its work a little later.
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
        connection.Notification += (_, notification) => signal.Set(notification.Payload);
        await using (var listen = new NpgsqlCommand(database.Sql.ListenOutbox, connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);

        onListening();
        while (true)
            await connection.WaitAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 301,
            Level = LogLevel.Information,
            Message = "Not listening for new outbox rows ({Reason}); listening again in {Delay}. The relay looks by itself meanwhile."
        )]
        public static partial void ListenerLost(ILogger logger, string reason, TimeSpan delay);
    }
}
