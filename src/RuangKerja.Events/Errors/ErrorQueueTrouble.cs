using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using RuangKerja.Events.Relay;

namespace RuangKerja.Events.Errors;

/// <summary>What keeps an error queue from being looked at or moved, in words for an operator.</summary>
internal static class ErrorQueueTrouble
{
    /// <summary>There is no such subscriber.</summary>
    public static MissingQueueException NoQueue(ErrorQueueNames names) =>
        new(
            $"There is neither a queue '{names.Queue}' nor '{names.ErrorQueue}' in the virtual host of Relay:RabbitMqUri.",
            $"Name the subscriber's queue, without {names.Suffix}."
        );

    /// <summary>It has gone, or never was; what it would get stays where it is.</summary>
    public static MissingQueueException Gone(string queue) =>
        new(
            $"There is no queue '{queue}' to move messages to.",
            "Start its subscriber, which declares it, and try again: what was not moved is where it was."
        );

    /// <summary>The error queue was deleted meanwhile.</summary>
    public static MissingQueueException Deleted(string queue) =>
        new($"Queue '{queue}' was deleted meanwhile.", "What it held is gone.");

    /// <summary>Not all of what waited is handed out.</summary>
    /// <param name="consumers">How many others consumed from it at the beginning.</param>
    public static BrokerException Taken(string operation, int lookedAt, int waiting, int consumers) =>
        new(
            BrokerFailureKind.Refused,
            operation,
            $"RabbitMQ has handed out {lookedAt} of the {waiting} messages that waited, and no more. Others that consumed from the "
                + $"queue at the beginning: {consumers}.",
            "End who else consumes from it, and try again.",
            inner: null
        );

    /// <summary>Whether the broker or the way to it is the reason, as this or its client tells.</summary>
    public static bool IsOfTheBroker(Exception error) =>
        error
            is BrokerException
                or MissingQueueException
                or RabbitMQClientException
                or IOException
                or ChannelClosedException
                or ObjectDisposedException
                or OperationCanceledException
                or TimeoutException;

    /// <summary>An error of the broker's client: a <see cref="BrokerException"/> or <see cref="MissingQueueException"/>.</summary>
    public static Exception Describe(string operation, Exception error) =>
        error switch
        {
            BrokerException or MissingQueueException => error,
            OperationInterruptedException { ShutdownReason: { ReplyCode: Constants.AccessRefused } reason } =>
                Forbidden(operation, reason.ReplyText),
            OperationCanceledException or TimeoutException => Silent(operation),
            _ => BrokerFailures.Describe(operation, error),
        };

    /// <summary>The channel or its connection has ended.</summary>
    public static BrokerException Ended(string operation, ShutdownEventArgs reason) =>
        reason.ReplyCode == Constants.AccessRefused
            ? Forbidden(operation, reason.ReplyText)
            : Unavailable(operation, $"the connection to RabbitMQ has ended: {reason.ReplyText}.");

    /// <summary>The broker does not take a message.</summary>
    public static BrokerException Refused(string operation, string queue) =>
        new(
            BrokerFailureKind.Refused,
            operation,
            $"RabbitMQ refuses a message: queue '{queue}' is full, or cannot store it.",
            "Look at its limit and its consumer. What was not moved is where it was.",
            inner: null
        );

    private static BrokerException Silent(string operation) =>
        Unavailable(operation, "RabbitMQ gave no answer in time.");

    private static BrokerException Unavailable(string operation, string found) =>
        new(
            BrokerFailureKind.Unavailable,
            operation,
            found,
            "Check that the broker of Relay:RabbitMqUri runs and is reachable, and try again: each message is in one of the two "
                + "queues, or in both.",
            inner: null
        );

    private static BrokerException Forbidden(string operation, string text) =>
        new(
            BrokerFailureKind.Configuration,
            operation,
            $"RabbitMQ answers {text}.",
            "Give the user of Relay:RabbitMqUri the right to read the error queue and to write to the default exchange (amq.default).",
            inner: null
        );
}
