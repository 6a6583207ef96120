using RabbitMQ.Client;
using RuangKerja.Events.Relay;

namespace RuangKerja.Events.Errors;

/// <summary>
/// Publishes straight to queues and knows what of it the broker has confirmed. The client's own tracking of confirms would add a
/// header to each message. At the first trouble it is over. Sending is not thread-safe; the client's callbacks are.
/// </summary>
internal sealed class ConfirmedSender
{
    private readonly IChannel _channel;
    private readonly string _operation;
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly SortedDictionary<ulong, (string Queue, TaskCompletionSource Confirmed)> _unconfirmed = [];
    private Exception? _fault;
    private ulong _lastTag;

    /// <summary>Uses a channel that has confirms enabled and nothing published yet.</summary>
    public ConfirmedSender(IChannel channel, string operation)
    {
        (_channel, _operation) = (channel, operation);
        channel.BasicAcksAsync += (_, ack) =>
            BrokerClient.Run(() => Settle(ack.DeliveryTag, ack.Multiple, refused: false));
        channel.BasicNacksAsync += (_, nack) =>
            BrokerClient.Run(() => Settle(nack.DeliveryTag, nack.Multiple, refused: true));
        // The confirm of what came back follows it, and must not count.
        channel.BasicReturnAsync += (_, back) => BrokerClient.Run(() => Break(ErrorQueueTrouble.Gone(back.RoutingKey)));
        channel.ChannelShutdownAsync += (_, reason) =>
            BrokerClient.Run(() => Break(ErrorQueueTrouble.Ended(operation, reason)));
    }

    /// <summary>Sends one message.</summary>
    /// <returns>Ends when the broker has confirmed it, or fails when it is not known to have it.</returns>
    public async Task<Task> SendAsync(string queue, BasicProperties properties, ReadOnlyMemory<byte> body)
    {
        var confirmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_fault is not null)
                return Task.FromException(_fault);
            _unconfirmed.Add(++_lastTag, (queue, confirmed));
        }

        try
        {
            await _channel.BasicPublishAsync("", queue, mandatory: true, properties, body);
        }
        catch (Exception error)
        {
            Break(ErrorQueueTrouble.Describe(_operation, error));
        }

        return confirmed.Task;
    }

    /// <summary>Nothing is sent or confirmed any more.</summary>
    public void Break(Exception fault)
    {
        lock (_gate)
        {
            _fault ??= fault;
            foreach (var (_, confirmed) in _unconfirmed.Values)
                confirmed.TrySetException(_fault);
            _unconfirmed.Clear();
        }
    }

    private void Settle(ulong tag, bool multiple, bool refused)
    {
        lock (_gate)
        {
            ulong[] settled = multiple ? [.. _unconfirmed.Keys.TakeWhile(key => key <= tag)] : [tag];
            foreach (var key in settled)
            {
                if (!_unconfirmed.Remove(key, out var sent))
                    continue;
                if (refused)
                    sent.Confirmed.TrySetException(ErrorQueueTrouble.Refused(_operation, sent.Queue));
                else
                    sent.Confirmed.TrySetResult();
            }
        }
    }
}
