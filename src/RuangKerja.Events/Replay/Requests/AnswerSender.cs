using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using RuangKerja.Events.Relay;

namespace RuangKerja.Events.Replay.Requests;

/// <summary>
/// Puts answers right into a queue, by the default exchange: MassTransit would declare whatever it is told to send to. There
/// are few answers, so each has a connection of its own, which can be left in no bad state.
/// </summary>
internal sealed class AnswerSender(RelayOptions options, BrokerCredentials credentials, TimeProvider time)
    : IAnswerSender
{
    private const string Name = "ruangkerja-events replay answers";

    private static readonly CreateChannelOptions Confirmed = new(
        publisherConfirmationsEnabled: true,
        publisherConfirmationTrackingEnabled: true
    );

    /// <inheritdoc />
    public async Task<bool> SendAsync<T>(ReplyAddress to, T answer, CancellationToken cancellationToken)
        where T : class
    {
        using var bounded = new CancellationTokenSource(options.PublishTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(bounded.Token, cancellationToken);
        var sockets = new BrokerSockets();
        // A client whose broker does not answer leaves its socket open when it is told to give up.
        await using var givenUp = linked.Token.Register(sockets.Close);
        try
        {
            return await PublishAsync(to, ReplyEnvelope.Write(answer, to, time.GetUtcNow()), sockets, linked.Token)
                .WaitAsync(linked.Token);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            throw BrokerFailures.Describe($"Answering a replay request on queue '{to.Queue}'", error);
        }
        finally
        {
            sockets.Close();
        }
    }

    private async Task<bool> PublishAsync(
        ReplyAddress to,
        ReplyBody body,
        BrokerSockets sockets,
        CancellationToken token
    )
    {
        await using var connection = await BrokerClient
            .Factory(options, credentials, Name, sockets)
            .CreateConnectionAsync(token);
        await using var channel = await connection.CreateChannelAsync(Confirmed, token);
        var properties = new BasicProperties
        {
            MessageId = $"{body.MessageId:D}",
            ContentType = ReplyEnvelope.ContentType,
            DeliveryMode = DeliveryModes.Persistent,
            CorrelationId = to.CorrelationId,
            Type = body.MessageType,
        };
        try
        {
            await channel.BasicPublishAsync("", to.Queue, mandatory: true, properties, body.Json, token);
            return true;
        }
        catch (Exception error) when (IsOfThisOne(error))
        {
            return false;
        }
    }

    /// <summary>The connection is well: another try would meet it again, and others wait.</summary>
    private static bool IsOfThisOne(Exception error) =>
        error
            is PublishException
                or ArgumentException
                or WireFormattingException
                or OperationInterruptedException
                {
                    ShutdownReason.ReplyCode: Constants.AccessRefused
                        or Constants.NotFound
                        or Constants.PreconditionFailed
                };
}
