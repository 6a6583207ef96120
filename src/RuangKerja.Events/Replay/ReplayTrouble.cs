using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RuangKerja.Events.Relay;

namespace RuangKerja.Events.Replay;

/// <summary>A replay cannot go on without a person.</summary>
internal sealed class ReplayHaltException(string reason) : Exception(reason);

/// <summary>What keeps a replay from getting on, in words for the one who looks at it.</summary>
internal static class ReplayTrouble
{
    /// <summary>There is no connection.</summary>
    public static Exception NotOpened(string queue, Exception error) =>
        error is OperationCanceledException
            ? new BrokerException(
                BrokerFailureKind.Unavailable,
                $"Connecting to replay to queue '{queue}'",
                "RabbitMQ gave no answer in time.",
                "Look at what health says of the broker of Relay:RabbitMqUri.",
                error
            )
            : BrokerFailures.Describe($"Connecting to replay to queue '{queue}'", error);

    /// <summary>A message came back.</summary>
    public static Exception Returned(string queue) =>
        new ReplayHaltException(
            $"Queue '{queue}' is not there any more: a message came back. See that its subscriber declares it again, and resume "
                + "the replay: it goes on behind the last message that was taken."
        );

    /// <summary>The broker refuses one.</summary>
    public static Exception Refused(string queue) =>
        new BrokerException(
            BrokerFailureKind.Refused,
            $"Replaying to queue '{queue}'",
            "RabbitMQ refuses the message: the queue is full, or cannot store it.",
            "Look at its limit and its consumer. It is tried again, more and more slowly.",
            inner: null
        );

    /// <summary>No message got an answer.</summary>
    public static Exception Silent(string queue, TimeSpan waited) =>
        new BrokerException(
            BrokerFailureKind.Silent,
            $"Replaying to queue '{queue}'",
            $"RabbitMQ has confirmed nothing for {waited.TotalSeconds:0.#} s.",
            "Look at what health says of the broker, and at the queue. What is not confirmed is sent again, with the same ids.",
            inner: null
        );

    /// <summary>The channel or its connection has ended.</summary>
    public static Exception Ended(string queue, ShutdownEventArgs reason) =>
        reason.ReplyCode == Constants.AccessRefused
            ? new ReplayHaltException(
                $"RabbitMQ does not let this service send to queue '{queue}': {reason.ReplyText}. Give the user of "
                    + "Relay:RabbitMqUri the right to write to the default exchange (amq.default), and resume the replay."
            )
            : new BrokerException(
                BrokerFailureKind.Unavailable,
                $"Replaying to queue '{queue}'",
                $"the connection to RabbitMQ has ended: {reason.ReplyText}.",
                "Check that the broker of Relay:RabbitMqUri runs and is reachable.",
                inner: null
            );

    /// <summary>The broker takes nothing from anybody.</summary>
    public static string Blocked(string reason) =>
        $"RabbitMQ takes no messages now ({reason}). Free memory or disk on the broker; the replay goes on by itself.";
}
