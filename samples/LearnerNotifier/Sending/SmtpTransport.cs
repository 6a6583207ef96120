using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace LearnerNotifier.Sending;

/// <summary>
/// Hands mails to an SMTP server, one after another and all over one connection. Before that is used again the server is asked
/// whether it still answers there: a connection that was closed or has died while it was idle is not taken for a server that is away.
/// </summary>
public sealed class SmtpTransport(SmtpSettings settings, TimeProvider time) : IMailTransport, IDisposable
{
    // A connection on which this takes longer is as good as dead: firewalls drop idle ones without a word.
    private static readonly TimeSpan AnswerOfAnOpenConnection = TimeSpan.FromSeconds(5);

    // As everywhere else in .NET, nobody is asked whether the certificate was revoked meanwhile: a company's own authority seldom
    // answers that, and one that is away would hold up all mails.
    private readonly SmtpClient _connection = new() { CheckCertificateRevocation = false };

    /// <inheritdoc />
    public async Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        MimeMessage message;
        try
        {
            message = Compose(mail);
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            // It cannot be written as a mail; the others need not wait for it.
            return new SendResult(SendOutcome.PutOff, error.Message);
        }

        using (message)
            try
            {
                return await DeliverAsync(message, either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new SendResult(SendOutcome.Unavailable, $"No answer within {settings.Timeout}.");
            }
    }

    /// <inheritdoc />
    public void Dispose() => _connection.Dispose();

    private async Task<SendResult> DeliverAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        try
        {
            if (!await IsOpenAsync(cancellationToken))
                await OpenAsync(cancellationToken);
        }
        // A password that cannot be written as the server wants it is an argument to the library.
        catch (Exception error) when (SmtpFailures.IsExpected(error) || error is ArgumentException)
        {
            return SmtpFailures.JudgeConnecting(error);
        }

        try
        {
            await _connection.SendAsync(message, cancellationToken);
            return new SendResult(SendOutcome.Sent);
        }
        catch (Exception error) when (SmtpFailures.IsExpected(error))
        {
            return SmtpFailures.JudgeSending(error);
        }
    }

    private async Task<bool> IsOpenAsync(CancellationToken cancellationToken)
    {
        if (!_connection.IsConnected || _connection.IsAuthenticated != settings.Login is not null)
            return false;
        using var deadline = new CancellationTokenSource(AnswerOfAnOpenConnection, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await _connection.NoOpAsync(either.Token);
            return true;
        }
        catch (Exception error) when (SmtpFailures.IsExpected(error))
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        // One on which the login failed is still there.
        await _connection.DisconnectAsync(quit: true, cancellationToken);
        var security = settings.StartTls ? SecureSocketOptions.StartTls : SecureSocketOptions.None;
        await _connection.ConnectAsync(settings.Host, settings.Port, security, cancellationToken);
        if (settings.Login is { } login)
            await _connection.AuthenticateAsync(login, cancellationToken);
    }

    /// <summary>
    /// The Message-ID follows from the event: what is sent twice is the same mail to servers and mail programs (RFC 5322,
    /// section 3.6.4). Automatic answers are asked not to come (RFC 3834, section 5).
    /// </summary>
    private MimeMessage Compose(OutgoingMail mail)
    {
        var body = new BodyBuilder { TextBody = mail.Content.Text, HtmlBody = mail.Content.Html }.ToMessageBody();
        body.Headers.Add(HeaderId.ContentLanguage, mail.Language);
        return new MimeMessage(
            [new MailboxAddress(settings.From.DisplayName, settings.From.Address)],
            [new MailboxAddress("", mail.Recipient)],
            mail.Content.Subject,
            body
        )
        {
            Date = time.GetUtcNow(),
            MessageId = $"{mail.EventId}@{settings.From.Host}",
            Headers = { { HeaderId.AutoSubmitted, "auto-generated" } },
        };
    }
}
