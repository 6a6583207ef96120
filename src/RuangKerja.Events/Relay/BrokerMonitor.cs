using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Diagnostics;

namespace RuangKerja.Events.Relay;

/// <summary>
/// Keeps a connection of its own to the broker and says how it is: there may be nothing to publish for days, and a broker
/// that is away, refuses us or takes no messages must not stay unnoticed so long.
/// </summary>
public sealed partial class BrokerMonitor(
    IReadOnlyList<Company> companies,
    RelayOptions options,
    HealthBoard health,
    TimeProvider time,
    ILogger<BrokerMonitor> logger
) : BackgroundService
{
    private const string Operation = "Watching the broker";

    private string? _trouble;
    private volatile string? _blocked;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        IConnection? connection = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (connection is not { IsOpen: true })
                    connection = await ReconnectAsync(connection, stoppingToken);
                Report(_blocked is { } reason ? Blocked(reason) : null);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            // Whatever it is, it is what there is to say of the broker.
            catch (Exception error)
            {
                Report(BrokerFailures.Describe(Operation, error).Message);
            }

            await Task.Delay(options.SafetyInterval, time, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (connection is not null)
            await connection.DisposeAsync();
    }

    private async Task<IConnection> ReconnectAsync(IConnection? lost, CancellationToken cancellationToken)
    {
        if (lost is not null)
            await lost.DisposeAsync();

        _blocked = null;
        var factory = BrokerAddress.Factory(options.RabbitMqUri, "ruangkerja-events monitor");
        factory.AutomaticRecoveryEnabled = false;
        var connection = await factory.CreateConnectionAsync(cancellationToken);
        try
        {
            // Only now has the broker said whether it lets us in: the connection alone is reported before it has. And
            // what we may not declare we cannot publish to.
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            await channel.ExchangeDeclareAsync(
                ExchangeNames.Topic,
                ExchangeType.Topic,
                durable: true,
                autoDelete: false,
                cancellationToken: cancellationToken
            );
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        connection.ConnectionBlockedAsync += (_, blocked) =>
        {
            _blocked = blocked.Reason;
            return Task.CompletedTask;
        };
        connection.ConnectionUnblockedAsync += (_, _) =>
        {
            _blocked = null;
            return Task.CompletedTask;
        };
        return connection;
    }

    private void Report(string? trouble)
    {
        foreach (var company in companies)
        {
            if (trouble is null)
                health.Succeeded(company, PipelinePart.Broker);
            else
                health.Failed(company, PipelinePart.Broker, trouble);
        }

        if (trouble == _trouble)
            return;
        _trouble = trouble;
        if (trouble is null)
            Log.Well(logger);
        else
            Log.Trouble(logger, trouble);
    }

    private static string Blocked(string reason) =>
        $"{Operation}: RabbitMQ takes no messages now ({reason}). Free memory or disk on the broker.";

    private static partial class Log
    {
        [LoggerMessage(EventId = 411, Level = LogLevel.Warning, Message = "{Trouble}")]
        public static partial void Trouble(ILogger logger, string trouble);

        [LoggerMessage(EventId = 412, Level = LogLevel.Information, Message = "The broker is connected")]
        public static partial void Well(ILogger logger);
    }
}
