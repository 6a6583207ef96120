using System.Net.Mail;
using LearnerNotifier.Learners;
using LearnerNotifier.Mails;
using LearnerNotifier.Outbox;
using LearnerNotifier.Sending;
using Npgsql;
using RuangKerja.Events.Subscriber.Inbox;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Samples;

/// <summary>The outbox alone: what becomes of a mail when the sender dies between the sending and the mark.</summary>
public sealed class When_sending_is_cut_off(Servers servers)
{
    [Fact]
    public async Task Should_send_it_again_as_the_same_mail_and_no_third_time()
    {
        await using var database = NpgsqlDataSource.Create(await servers.CreateDatabaseAsync());
        await using var smtp = await SmtpServer.StartAsync();
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
        var mails = new WaitingMails(database, TimeProvider.System);
        await mails.MakeTablesAsync(CancellationToken.None);
        var eventId = Guid.NewGuid();
        await AddAsync(database, eventId);

        await Should.ThrowAsync<InvalidOperationException>(() =>
            mails.SendNextAsync(new DyingTransport(transport), CancellationToken.None)
        );
        var again = await mails.SendNextAsync(transport, CancellationToken.None);
        var third = await mails.SendNextAsync(transport, CancellationToken.None);

        again.ShouldBe(new SendResult(SendOutcome.Sent));
        third.ShouldBeNull();
        smtp.ReadMails()
            .Select(mail => mail.MessageId)
            .ShouldBe([$"<{eventId}@example.test>", $"<{eventId}@example.test>"]);
    }

    private static async Task AddAsync(NpgsqlDataSource database, Guid eventId)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await new MailOutbox(TimeProvider.System).AddAsync(
            eventId,
            new Learner(new MailAddress("budi@example.test"), Language.Indonesian),
            new MailContent("Halo", "Halo", "<p>Halo</p>"),
            new InboxTransaction(connection, transaction),
            CancellationToken.None
        );
        await transaction.CommitAsync();
    }

    /// <summary>The server has the mail, and then all is over.</summary>
    private sealed class DyingTransport(IMailTransport transport) : IMailTransport
    {
        public async Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
        {
            await transport.SendAsync(mail, cancellationToken);
            throw new InvalidOperationException("The process died.");
        }
    }
}
