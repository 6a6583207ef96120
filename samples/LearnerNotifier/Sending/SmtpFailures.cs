using System.Net.Mail;

namespace LearnerNotifier.Sending;

/// <summary>The one place that tells what a mail server's refusal means. Pure.</summary>
public static class SmtpFailures
{
    private const int FirstPermanent = 500;

    /// <summary>Judges a failure by the server's reply code (RFC 5321, section 4.2.1: 4yz for now, 5yz for good).</summary>
    public static SendResult Judge(SmtpException error) =>
        error switch
        {
            // Only of a recipient a refusal for good is believed. Others, as of a login or a sender, may be our own fault of
            // configuration, which somebody will put right: those mails wait.
            SmtpFailedRecipientException when (int)error.StatusCode >= FirstPermanent => Of(SendOutcome.Refused, error),
            { StatusCode: SmtpStatusCode.GeneralFailure or SmtpStatusCode.ServiceNotAvailable } => Of(
                SendOutcome.Unavailable,
                error
            ),
            _ => Of(SendOutcome.PutOff, error),
        };

    private static SendResult Of(SendOutcome outcome, SmtpException error)
    {
        var innermost = error.GetBaseException();
        var reason = innermost == error ? error.Message : $"{error.Message} {innermost.Message}";
        return new SendResult(outcome, $"{(int)error.StatusCode} {reason}");
    }
}
