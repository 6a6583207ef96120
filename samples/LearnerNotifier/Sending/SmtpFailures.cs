using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace LearnerNotifier.Sending;

/// <summary>The one place that tells what a mail server's refusal means. Pure.</summary>
public static class SmtpFailures
{
    private const SmtpStatusCode FirstPermanent = (SmtpStatusCode)500;

    /// <summary>Whether it is of what servers and networks do, and no fault of the program.</summary>
    public static bool IsExpected(Exception error) =>
        error
            is CommandException
                or ProtocolException
                or ServiceNotConnectedException
                or ServiceNotAuthenticatedException
                or AuthenticationException
                or SslHandshakeException
                or NotSupportedException
                or IOException
                or SocketException
                or TimeoutException;

    /// <summary>Judges a failure before any mail was named: whatever it is, no mail can be sent now.</summary>
    public static SendResult JudgeConnecting(Exception error) => Of(SendOutcome.Unavailable, error);

    /// <summary>Judges a failure with a mail by the server's reply code (RFC 5321, section 4.2.1: 4yz for now, 5yz for good).</summary>
    public static SendResult JudgeSending(Exception error) =>
        error switch
        {
            SmtpCommandException
            {
                StatusCode: SmtpStatusCode.ServiceNotAvailable or SmtpStatusCode.AuthenticationInvalidCredentials
            } => Of(SendOutcome.Unavailable, error),
            // Only of a recipient a refusal for good is believed. Others, as of a sender, may be our own fault of configuration,
            // which somebody will put right: those mails wait, as long as a mail that is put off does.
            SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted, StatusCode: >= FirstPermanent } => Of(
                SendOutcome.Refused,
                error
            ),
            SmtpCommandException => Of(SendOutcome.PutOff, error),
            // The connection broke, or the server wants a login (530).
            _ => Of(SendOutcome.Unavailable, error),
        };

    private static SendResult Of(SendOutcome outcome, Exception error)
    {
        var code = error switch
        {
            SmtpCommandException refusal => $"{(int)refusal.StatusCode} ",
            ServiceNotAuthenticatedException => $"{(int)SmtpStatusCode.AuthenticationRequired} ",
            _ => "",
        };
        var cause = error.GetBaseException().Message;
        var reason = error.Message.Contains(cause, StringComparison.Ordinal)
            ? error.Message
            : $"{error.Message} {cause}";
        // In one line, as it stands in logs.
        return new SendResult(
            outcome,
            code + string.Join(' ', reason.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        );
    }
}
