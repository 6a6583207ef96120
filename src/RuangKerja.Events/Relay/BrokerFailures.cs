using System.Security.Authentication;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace RuangKerja.Events.Relay;

/// <summary>The one place that tells what an error of the broker's client means.</summary>
internal static class BrokerFailures
{
    /// <summary>Names what happened while <paramref name="operation"/> was under way.</summary>
    public static BrokerException Describe(string operation, Exception error) =>
        Chain(error).Select(cause => Configuration(operation, cause, error)).FirstOrDefault(e => e is not null)
        ?? (
            error is OperationCanceledException or TimeoutException
                ? new BrokerException(
                    BrokerFailureKind.Silent,
                    operation,
                    "no confirm came in time.",
                    "Look at what health says of the broker of Relay:RabbitMqUri; the message is sent again, with the same id.",
                    error
                )
                : new BrokerException(
                    BrokerFailureKind.Unavailable,
                    operation,
                    $"RabbitMQ cannot be used: {Chain(error).Last().Message.TrimEnd('.')}.",
                    "Check that the broker of Relay:RabbitMqUri runs and is reachable.",
                    error
                )
        );

    /// <summary>Nothing was confirmed, refused or failed for so long that no bound can have held.</summary>
    public static BrokerException NoProgress(TimeSpan waited) =>
        new(
            BrokerFailureKind.Stuck,
            "Publishing events",
            $"nothing moved for {waited.TotalSeconds:0.#} s, and no bound held.",
            "The pass is given up and the connection opened anew. Please report it when it comes again.",
            inner: null
        );

    /// <summary>The broker was away and is back, and what was sent before still has no answer.</summary>
    public static BrokerException LeftBehind() =>
        new(
            BrokerFailureKind.Stuck,
            "Publishing events",
            "the broker is back, and messages that were under way when it went got no answer.",
            "They are sent again over a new connection, with the same ids; nothing need be done.",
            inner: null
        );

    /// <summary>So many messages are refused that it is the broker, not a queue.</summary>
    public static BrokerException RefusesEverything(int assignments) =>
        new(
            BrokerFailureKind.Unavailable,
            "Publishing events",
            $"RabbitMQ refuses the messages of {assignments} assignments.",
            "Look for a full queue with a length limit that rejects, and for the broker's own state.",
            inner: null
        );

    private static BrokerException? Configuration(string operation, Exception cause, Exception whole) =>
        cause switch
        {
            PublishException { IsReturn: false } => new(
                BrokerFailureKind.Refused,
                operation,
                "RabbitMQ refuses the message: a queue that takes it is full, or cannot store it.",
                "Look for a queue with a length limit that rejects, and for its consumer. It is sent again, more and more slowly.",
                whole
            ),
            AuthenticationFailureException or PossibleAuthenticationFailureException => new(
                BrokerFailureKind.Configuration,
                operation,
                "RabbitMQ refuses the user or password.",
                "Check the user, password and virtual host of Relay:RabbitMqUri.",
                whole
            ),
            AuthenticationException tls => new(
                BrokerFailureKind.Configuration,
                operation,
                $"RabbitMQ's certificate is not accepted: {tls.Message.TrimEnd('.')}.",
                "Renew the broker's certificate when it has expired; else see that its issuer is trusted on this machine, that it "
                    + "names the host of Relay:RabbitMqUri, and that the port is the one for TLS.",
                whole
            ),
            OperationInterruptedException { ShutdownReason: { ReplyCode: Constants.NotAllowed } reason } => new(
                BrokerFailureKind.Configuration,
                operation,
                $"RabbitMQ answers {reason.ReplyCode}: {reason.ReplyText}.",
                "Check the virtual host of Relay:RabbitMqUri and that its user has permissions on it.",
                whole
            ),
            OperationInterruptedException { ShutdownReason: { } reason }
                when reason.ReplyCode is Constants.AccessRefused or Constants.PreconditionFailed => new(
                BrokerFailureKind.Configuration,
                operation,
                $"RabbitMQ answers {reason.ReplyCode}: {reason.ReplyText}.",
                "Give the user rights to configure and write the exchanges named RuangKerja.Events.Contracts:* and "
                    + $"{ExchangeNames.Topic}, and remove an exchange that was declared otherwise.",
                whole
            ),
            _ => null,
        };

    private static IEnumerable<Exception> Chain(Exception error)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
