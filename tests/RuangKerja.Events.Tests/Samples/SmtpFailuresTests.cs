using System.Net.Sockets;
using LearnerNotifier.Sending;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace RuangKerja.Events.Tests.Samples;

public sealed class SmtpFailuresTests
{
    [Theory]
    [InlineData(SmtpStatusCode.MailboxUnavailable, SendOutcome.Refused)]
    [InlineData(SmtpStatusCode.MailboxNameNotAllowed, SendOutcome.Refused)]
    [InlineData(SmtpStatusCode.MailboxBusy, SendOutcome.PutOff)]
    [InlineData(SmtpStatusCode.InsufficientStorage, SendOutcome.PutOff)]
    public void A_recipient_is_refused_for_good_or_for_now(SmtpStatusCode code, SendOutcome outcome)
    {
        var result = SmtpFailures.JudgeSending(
            new SmtpCommandException(
                SmtpErrorCode.RecipientNotAccepted,
                code,
                new MailboxAddress("", "budi@example.test"),
                "said the server"
            )
        );

        result.Outcome.ShouldBe(outcome);
        result.Trouble.ShouldNotBeNull().ShouldStartWith($"{(int)code} ");
    }

    [Theory]
    [InlineData(SmtpErrorCode.SenderNotAccepted, SmtpStatusCode.ServiceNotAvailable, SendOutcome.Unavailable)]
    [InlineData(
        SmtpErrorCode.SenderNotAccepted,
        SmtpStatusCode.AuthenticationInvalidCredentials,
        SendOutcome.Unavailable
    )]
    [InlineData(SmtpErrorCode.SenderNotAccepted, SmtpStatusCode.MailboxUnavailable, SendOutcome.PutOff)]
    [InlineData(SmtpErrorCode.MessageNotAccepted, SmtpStatusCode.TransactionFailed, SendOutcome.PutOff)]
    [InlineData(SmtpErrorCode.UnexpectedStatusCode, SmtpStatusCode.TransactionFailed, SendOutcome.PutOff)]
    public void What_is_of_no_recipient_loses_no_mail(SmtpErrorCode what, SmtpStatusCode code, SendOutcome outcome) =>
        SmtpFailures.JudgeSending(new SmtpCommandException(what, code, "said the server")).Outcome.ShouldBe(outcome);

    [Fact]
    public void A_server_that_cannot_be_spoken_with_is_away()
    {
        Exception[] errors =
        [
            new SocketException((int)SocketError.ConnectionRefused),
            new IOException("Broken pipe"),
            new SmtpProtocolException("no reply"),
            new SslHandshakeException("no trust"),
            new ServiceNotAuthenticatedException("said the server"),
            new AuthenticationException("said the server"),
            new NotSupportedException("no STARTTLS"),
        ];

        foreach (var error in errors)
        {
            SmtpFailures.IsExpected(error).ShouldBeTrue($"{error}");
            SmtpFailures.JudgeSending(error).Outcome.ShouldBe(SendOutcome.Unavailable, $"{error}");
        }
    }

    [Fact]
    public void A_server_that_greets_with_a_refusal_is_away() =>
        SmtpFailures
            .JudgeConnecting(
                new SmtpCommandException(
                    SmtpErrorCode.UnexpectedStatusCode,
                    SmtpStatusCode.TransactionFailed,
                    "No SMTP service here"
                )
            )
            .Outcome.ShouldBe(SendOutcome.Unavailable);

    [Fact]
    public void The_reason_has_what_lies_beneath_in_one_line() =>
        SmtpFailures
            .JudgeConnecting(new IOException("Failure\r\n\r\nsending mail.", new IOException("Connection refused")))
            .Trouble.ShouldBe("Failure sending mail. Connection refused");
}
