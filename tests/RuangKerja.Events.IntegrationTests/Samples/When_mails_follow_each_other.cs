using System.Net.Mail;
using LearnerNotifier.Mails;
using LearnerNotifier.Sending;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Samples;

/// <summary>The connection to the mail server, from mail to mail.</summary>
public sealed class When_mails_follow_each_other
{
    [Fact]
    public async Task Should_share_a_connection_until_the_server_has_closed_it()
    {
        await using var smtp = await SmtpServer.StartAsync();
        smtp.Refuse("gone@example.test", "550 5.1.1 No such user");
        using var transport = new SmtpTransport(
            new SmtpSettings(
                "127.0.0.1",
                smtp.Port,
                StartTls: false,
                Login: null,
                new MailAddress("ruangkerja@example.test"),
                TimeSpan.FromSeconds(30)
            ),
            TimeProvider.System
        );

        SendOutcome[] outcomes =
        [
            await SendAsync("budi@example.test"),
            await SendAsync("gone@example.test"),
            await SendAsync("siti@example.test"),
        ];
        await smtp.KillAsync();
        await smtp.StartAgainAsync();
        var afterwards = await SendAsync("dewi@example.test");

        outcomes.ShouldBe([SendOutcome.Sent, SendOutcome.Refused, SendOutcome.Sent]);
        afterwards.ShouldBe(SendOutcome.Sent);
        var clients = smtp.ReadMails().Select(mail => mail.Client).ToList();
        clients.Count.ShouldBe(3);
        clients[1].ShouldBe(clients[0]);

        async Task<SendOutcome> SendAsync(string recipient) =>
            (
                await transport.SendAsync(
                    new OutgoingMail(Guid.NewGuid(), recipient, "id", new MailContent("Halo", "Halo", "<p>Halo</p>")),
                    CancellationToken.None
                )
            ).Outcome;
    }
}
