using Microsoft.Extensions.Hosting;

namespace RuangKerja.Events.Relay;

/// <summary>
/// Keeps a connection of its own to the broker and says how it is, to health and to those who publish: there may be nothing
/// to publish for days, and a broker that is away, refuses us or takes no messages must not stay unnoticed so long.
/// </summary>
public sealed class BrokerMonitor(
    RelayOptions options,
    BrokerState state,
    BrokerReports reports,
    BrokerCredentials credentials,
    TimeProvider time
) : BackgroundService
{
    private const string Operation = "Watching the broker";
    private const string FreeItsMemory =
        "Free memory or disk on the broker; what there is to publish waits in the outbox.";

    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    // Others have to end after it.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    // A word is given again with each look; after two that did not come it is not believed any more.
    private static readonly TimeSpan BelievedFor = 2 * (RelayOptions.LongestLookInterval + OpenTimeout);

    private MonitorConnection? _connection;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            // Whatever it is, it is what there is to say of the broker.
            catch (Exception error)
            {
                await FailedAsync(error);
            }

            await Task.Delay(options.LookInterval, time, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await CloseAsync(StopTimeout);
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        if (_connection is not { IsOpen: true })
        {
            await CloseAsync(CloseTimeout);
            _connection = await BoundedAsync(
                OpenTimeout,
                token => MonitorConnection.OpenAsync(options, credentials, Blocked, token),
                stopping
            );
        }

        // It has said so and will say when that is over; the connection tells whether it is still there to say it.
        if (_connection.Blocked is { } reason)
        {
            TakesNothing(reason);
            return;
        }

        await BoundedAsync(
            PingTimeout,
            async token =>
            {
                await _connection.PingAsync(token);
                return true;
            },
            stopping
        );
        // The word may have come after the confirm, and before we were told of that.
        if (_connection.Blocked is { } since)
        {
            TakesNothing(since);
            return;
        }

        state.Takes();
        reports.Well();
    }

    private async Task FailedAsync(Exception error)
    {
        // The ping itself may have brought the word that nothing is taken.
        if (_connection is { IsOpen: true, Blocked: { } reason })
        {
            TakesNothing(reason);
            return;
        }

        var trouble = BrokerFailures.Describe(Operation, error);
        if (_connection is { IsOpen: true } && trouble.Kind == BrokerFailureKind.Silent)
            state.TakesNothing(trouble.Message, BelievedFor);
        else
            state.Lost();
        reports.Trouble(trouble.Reason, trouble.Hint);
        // A connection that is half dead would say so much later.
        await CloseAsync(CloseTimeout);
    }

    /// <summary>Called by the client as soon as the broker says so.</summary>
    private void Blocked(string? reason)
    {
        if (reason is not null)
        {
            TakesNothing(reason);
            return;
        }

        // It will take messages, and has taken none yet.
        state.Unknown();
        reports.Well();
    }

    private void TakesNothing(string reason)
    {
        var trouble = $"{Operation}: RabbitMQ takes no messages now ({reason}).";
        state.TakesNothing($"{trouble} {FreeItsMemory}", BelievedFor);
        reports.Trouble(trouble, FreeItsMemory);
    }

    private async Task<T> BoundedAsync<T>(
        TimeSpan longest,
        Func<CancellationToken, Task<T>> work,
        CancellationToken stopping
    )
    {
        using var bounded = new CancellationTokenSource(longest, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(bounded.Token, stopping);
        return await work(linked.Token).WaitAsync(linked.Token);
    }

    private async Task CloseAsync(TimeSpan longest)
    {
        if (_connection is not { } connection)
            return;

        _connection = null;
        await connection.CloseAsync(longest, time);
    }
}
