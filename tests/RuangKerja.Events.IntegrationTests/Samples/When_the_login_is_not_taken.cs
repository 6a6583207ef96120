using System.Net;
using System.Net.Mail;
using LearnerNotifier.Mails;
using LearnerNotifier.Sending;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Samples;

/// <summary>A mail server that asks for a login, and is given a wrong one or none.</summary>
public sealed class When_the_login_is_not_taken
{
    [Theory]
    [InlineData("guessed", "535")]
    [InlineData(null, "530")]
    public async Task Should_be_told_as_a_server_that_is_away_since_no_mail_can_be_sent(string? password, string code)
    {
        await using var smtp = await SmtpServer.StartAsync(
            new SmtpServerOptions { Login = new NetworkCredential("notifier", "s3cret") }
        );
        using var transport = new SmtpTransport(
            new SmtpSettings(
                "127.0.0.1",
                smtp.Port,
                StartTls: false,
                password is null ? null : new NetworkCredential("notifier", password),
                new MailAddress("ruangkerja@example.test"),
                TimeSpan.FromSeconds(30)
            ),
            TimeProvider.System
        );
        var mail = new OutgoingMail(
            Guid.NewGuid(),
            "budi@example.test",
            "id",
            new MailContent("Halo", "Halo", "<p>Halo</p>")
        );

        var first = await transport.SendAsync(mail, CancellationToken.None);
        var second = await transport.SendAsync(mail, CancellationToken.None);

        first.Outcome.ShouldBe(SendOutcome.Unavailable);
        first.Trouble.ShouldNotBeNull().ShouldStartWith(code);
        second.ShouldBe(first);
        smtp.CountMails().ShouldBe(0);
    }
}
