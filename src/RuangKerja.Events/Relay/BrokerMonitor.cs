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

    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(5);

    private string? _trouble;
    private IConnection? _connection;
    private IChannel? _channel;
    private volatile string? _blocked;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (_connection is not { IsOpen: true } || _channel is not { IsOpen: true })
                    await ReconnectAsync(stoppingToken);
                await PingAsync(stoppingToken);
                Report(trouble: null);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            // Whatever it is, it is what there is to say of the broker.
            catch (Exception error)
            {
                Report(_blocked is { } reason ? Blocked(reason) : BrokerFailures.Describe(Operation, error).Message);
            }

            await Task.Delay(options.SafetyInterval, time, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await CloseAsync();
    }

    private async Task ReconnectAsync(CancellationToken cancellationToken)
    {
        await CloseAsync();
        var factory = BrokerAddress.Factory(options.RabbitMqUri, "ruangkerja-events monitor");
        factory.AutomaticRecoveryEnabled = false;
        _connection = await factory.CreateConnectionAsync(cancellationToken);
        _connection.ConnectionBlockedAsync += (_, blocked) =>
        {
            _blocked = blocked.Reason;
            return Task.CompletedTask;
        };
        _connection.ConnectionUnblockedAsync += (_, _) =>
        {
            _blocked = null;
            return Task.CompletedTask;
        };

        // Only now the broker says whether it lets us in: the connection alone is reported before it has. And what we may
        // not declare we cannot publish to.
        _channel = await _connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancellationToken);
        await _channel.ExchangeDeclareAsync(
            ExchangeNames.Topic,
            ExchangeType.Topic,
            durable: true,
            autoDelete: false,
            cancellationToken: cancellationToken
        );
    }

    /// <summary>
    /// A message to no queue, confirmed: a broker that is out of memory or disk tells only those who publish, by silence.
    /// </summary>
    private async Task PingAsync(CancellationToken cancellationToken)
    {
        using var bounded = new CancellationTokenSource(PingTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(bounded.Token, cancellationToken);
        await _channel!
            .BasicPublishAsync("", "ruangkerja-events.ping", ReadOnlyMemory<byte>.Empty, linked.Token)
            .AsTask()
            .WaitAsync(linked.Token);
    }

    private async Task CloseAsync()
    {
        _blocked = null;
        if (_connection is { } connection)
            await connection.DisposeAsync();
        _connection = null;
        _channel = null;
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
