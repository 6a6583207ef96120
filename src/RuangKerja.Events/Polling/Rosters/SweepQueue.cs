using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Polling.Rosters;

/// <summary>The queue of commands on the broker: a quorum queue with competing consumers, one endpoint in each instance.</summary>
/// <param name="bus">The bus to send over, as it is now.</param>
public sealed class SweepQueue(Func<Task<IBusControl>> bus, TimeProvider time) : ISweepQueue
{
    /// <summary>
    /// The queue's name, and its exchange's. One deployment per virtual host: another's instances would take its commands. One
    /// for each version of the schema: so would older instances, and store nothing of what they read.
    /// </summary>
    public static readonly string Name = $"ruangkerja-sweep-{DatabaseSchema.CurrentVersion}";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public async Task SendAsync(SweepRoster command, CancellationToken cancellationToken)
    {
        using var bounded = new CancellationTokenSource(Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(bounded.Token, cancellationToken);
        try
        {
            // By the exchange: by the queue's name MassTransit would declare the queue itself, as a classic one.
            var started = await bus().WaitAsync(linked.Token);
            var endpoint = await started.GetSendEndpoint(new Uri($"exchange:{Name}")).WaitAsync(linked.Token);
            await endpoint
                .Send(command, Pipe.Execute<SendContext>(ReturnIfUnroutable), linked.Token)
                .WaitAsync(linked.Token);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SweepQueueException(
                $"Handing out the roster of course '{command.CourseSerial}' of company '{command.Company}': the queue "
                    + $"'{Name}' did not take it ({Found(error)}).",
                "It is handed out again; check that RabbitMQ runs (Relay:RabbitMqUri) and that its user may configure and "
                    + "write this queue.",
                error
            );
        }
    }

    private static string Found(Exception error) =>
        error is OperationCanceledException ? $"no answer within {Timeout.TotalSeconds:0} s" : error.Message;

    private static void ReturnIfUnroutable(SendContext context)
    {
        if (context.TryGetPayload<RabbitMqSendContext>(out var send))
            send.Mandatory = true;
    }

    /// <summary>The endpoint that takes the commands.</summary>
    internal static void Configure(
        IRabbitMqBusFactoryConfigurator bus,
        IServiceProvider provider,
        RosterOptions options
    ) =>
        bus.ReceiveEndpoint(
            Name,
            endpoint =>
            {
                endpoint.SetQuorumQueue();
                endpoint.PrefetchCount = options.Parallelism;
                endpoint.ConcurrentMessageLimit = options.Parallelism;
                // Commands are sent to it, not published to whoever cares.
                endpoint.ConfigureConsumeTopology = false;
                endpoint.Handler<SweepRoster>(async command =>
                {
                    await using var scope = provider.CreateAsyncScope();
                    await scope.ServiceProvider.GetRequiredService<SweepRosterConsumer>().Consume(command);
                });
            }
        );
}
