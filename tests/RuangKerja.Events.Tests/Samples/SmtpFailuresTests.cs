using System.Net.Mail;
using LearnerNotifier.Sending;

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
        var result = SmtpFailures.Judge(
            new SmtpFailedRecipientException(code, "<budi@example.test>", "said the server")
        );

        result.Outcome.ShouldBe(outcome);
        result.Trouble.ShouldNotBeNull().ShouldStartWith($"{(int)code} ");
    }

    [Theory]
    [InlineData(SmtpStatusCode.GeneralFailure, SendOutcome.Unavailable)]
    [InlineData(SmtpStatusCode.ServiceNotAvailable, SendOutcome.Unavailable)]
    [InlineData(SmtpStatusCode.MustIssueStartTlsFirst, SendOutcome.PutOff)]
    [InlineData(SmtpStatusCode.TransactionFailed, SendOutcome.PutOff)]
    public void What_is_of_no_recipient_loses_no_mail(SmtpStatusCode code, SendOutcome outcome) =>
        SmtpFailures.Judge(new SmtpException(code, "said the server")).Outcome.ShouldBe(outcome);

    [Fact]
    public void The_reason_has_what_lies_beneath() =>
        SmtpFailures
            .Judge(new SmtpException("Failure sending mail.", new IOException("Connection refused")))
            .Trouble.ShouldNotBeNull()
            .ShouldEndWith("Failure sending mail. Connection refused");
}
