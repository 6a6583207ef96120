using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace RuangKerja.Events.Errors;

/// <content>How many messages there are.</content>
internal sealed partial class ErrorQueue
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>A quorum queue takes its time to give back and to count: who looks next would find less than there is.</summary>
    private async Task WaitUntilBackAsync()
    {
        // What others take is not to be seen again.
        if (Consumers > 0)
            return;

        await using var channel = await _connection.Client.CreateChannelAsync();
        while ((await CountAsync(channel, _names.ErrorQueue, CancellationToken.None))?.Messages < Waiting - Moved)
            await Task.Delay(LookInterval, _connection.Time);
    }

    private static async Task<(int Messages, int Consumers)> LookAsync(
        IConnection connection,
        ErrorQueueNames names,
        bool moves,
        CancellationToken cancellationToken
    )
    {
        var errors = await CountAsync(connection, names.ErrorQueue, cancellationToken);
        if ((errors is null || moves) && await CountAsync(connection, names.Queue, cancellationToken) is null)
            throw errors is null ? ErrorQueueTrouble.NoQueue(names) : ErrorQueueTrouble.Gone(names.Queue);
        return errors ?? (0, 0);
    }

    private static async Task<(int Messages, int Consumers)?> CountAsync(
        IConnection connection,
        string queue,
        CancellationToken cancellationToken
    )
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        return await CountAsync(channel, queue, cancellationToken);
    }

    /// <summary>How many messages are ready in a queue, and how many consume from it; null when there is none of this name, which ends the channel.</summary>
    private static async Task<(int Messages, int Consumers)?> CountAsync(
        IChannel channel,
        string queue,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var declared = await channel.QueueDeclarePassiveAsync(queue, cancellationToken);
            return ((int)Math.Min(declared.MessageCount, int.MaxValue), (int)declared.ConsumerCount);
        }
        catch (OperationInterruptedException error) when (error.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return null;
        }
    }
}
