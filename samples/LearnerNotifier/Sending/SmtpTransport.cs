using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace LearnerNotifier.Sending;

/// <summary>
/// Hands mails to an SMTP server, each over a connection of its own: it costs a handshake, and a connection that the server has
/// closed meanwhile can never be taken for a server that is away.
/// </summary>
public sealed class SmtpTransport(SmtpSettings settings, TimeProvider time) : IMailTransport
{
    /// <inheritdoc />
    public async Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var message = Compose(mail);
            using var client = new SmtpClient(settings.Host, settings.Port);
            client.EnableSsl = settings.StartTls;
            client.Credentials = settings.Login;
            await client.SendMailAsync(message, either.Token);
            return new SendResult(SendOutcome.Sent);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SendResult(SendOutcome.Unavailable, $"No answer within {settings.Timeout}.");
        }
        catch (SmtpException error)
        {
            return SmtpFailures.Judge(error);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or InvalidOperationException)
        {
            // It cannot be written as a mail; the others need not wait for it.
            return new SendResult(SendOutcome.PutOff, error.Message);
        }
    }

    /// <summary>
    /// The Message-ID follows from the event: what is sent twice is the same mail to servers and mail programs (RFC 5322,
    /// section 3.6.4). Automatic answers are asked not to come (RFC 3834, section 5).
    /// </summary>
    private MailMessage Compose(OutgoingMail mail)
    {
        var message = new MailMessage(settings.From, new MailAddress(mail.Recipient))
        {
            Subject = mail.Content.Subject,
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        message.Headers["Message-ID"] = $"<{mail.EventId}@{settings.From.Host}>";
        message.Headers["Auto-Submitted"] = "auto-generated";
        message.Headers["Content-Language"] = mail.Language;
        // The last alternative is the one that a program shows if it can.
        message.AlternateViews.Add(View(mail.Content.Text, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(View(mail.Content.Html, MediaTypeNames.Text.Html));
        return message;
    }

    private static AlternateView View(string text, string type)
    {
        var view = AlternateView.CreateAlternateViewFromString(text, Encoding.UTF8, type);
        // Lines of any length and any content pass every server so.
        view.TransferEncoding = TransferEncoding.Base64;
        return view;
    }
}
