using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using RuangKerja.Events.Relay;

namespace RuangKerja.Events.Replay;

/// <summary>Looks over a connection made for it: those who ask are few, and what others publish is not disturbed.</summary>
public sealed class QueueProbe(RelayOptions options, BrokerCredentials credentials, TimeProvider time) : IQueueProbe
{
    private const string Name = "ruangkerja-events replay requests";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public async Task<QueueAnswer> AskAsync(string queue, CancellationToken cancellationToken)
    {
        var operation = $"Looking for queue '{queue}'";
        var sockets = new BrokerSockets();
        using var bounded = new CancellationTokenSource(Longest, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(bounded.Token, cancellationToken);
        try
        {
            return await AskAsync(queue, sockets, linked.Token).WaitAsync(linked.Token);
        }
        catch (OperationCanceledException) when (bounded.IsCancellationRequested)
        {
            throw NoAnswer(operation);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw BrokerFailures.Describe(operation, error);
        }
        finally
        {
            sockets.Close();
        }
    }

    private async Task<QueueAnswer> AskAsync(string queue, BrokerSockets sockets, CancellationToken cancellationToken)
    {
        var factory = BrokerClient.Factory(options, credentials, Name, sockets);
        await using var connection = await factory.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            await channel.QueueDeclarePassiveAsync(queue, cancellationToken);
            return QueueAnswer.Exists;
        }
        catch (OperationInterruptedException error)
            when (error.ShutdownReason?.ReplyCode
                    is Constants.AccessRefused
                        or Constants.NotFound
                        or Constants.ResourceLocked
            )
        {
            return error.ShutdownReason.ReplyCode switch
            {
                Constants.NotFound => QueueAnswer.Missing,
                // It is there, for the connection that declared it alone to consume from.
                Constants.ResourceLocked => QueueAnswer.Exists,
                _ => QueueAnswer.Forbidden,
            };
        }
    }

    private static BrokerException NoAnswer(string operation) =>
        new(
            BrokerFailureKind.Unavailable,
            operation,
            $"RabbitMQ gave no answer within {Longest.TotalSeconds:0} s.",
            "Look at what health says of the broker of Relay:RabbitMqUri, and ask again.",
            inner: null
        );
}
