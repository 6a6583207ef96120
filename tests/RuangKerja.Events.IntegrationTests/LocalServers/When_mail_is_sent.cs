using System.Net.Mail;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.LocalServers;

public sealed class When_mail_is_sent
{
    [Fact]
    public async Task Should_be_kept_as_it_was_meant_over_a_restart_too()
    {
        await using var server = await SmtpServer.StartAsync();

        await SendAsync(server, "budi@example.test", "Selesai: Kéamanan ✓", "Halo, 你好\n.\nsatu baris lagi");
        await server.KillAsync();
        await server.StartAgainAsync();
        await SendAsync(server, "siti@example.test", "Dua", "Dua");

        var mails = server.ReadMails();
        mails.Select(m => m.Subject).ShouldBe(["Selesai: Kéamanan ✓", "Dua"]);
        mails[0].Recipients.ShouldBe(["budi@example.test"]);
        mails[0].Text.ShouldNotBeNull().ReplaceLineEndings("\n").TrimEnd().ShouldBe("Halo, 你好\n.\nsatu baris lagi");
        mails[0].Encrypted.ShouldBeFalse();
        File.ReadAllText(mails[1].File).ShouldContain("siti@example.test");
        server.CountMails().ShouldBe(2);
    }

    [Fact]
    public async Task Should_be_refused_for_whom_it_is_told_to_refuse()
    {
        await using var server = await SmtpServer.StartAsync();
        server.Refuse("gone@example.test", "550 5.1.1 No such user");

        var failure = await Should.ThrowAsync<SmtpException>(() => SendAsync(server, "gone@example.test", "x", "x"));
        await SendAsync(server, "here@example.test", "y", "y");
        server.Accept("gone@example.test");
        await SendAsync(server, "gone@example.test", "z", "z");

        ((int)failure.StatusCode).ShouldBe(550);
        server.ReadMails().Select(m => m.Subject).ShouldBe(["y", "z"]);
    }

    [Fact]
    public async Task Should_leave_nothing_behind()
    {
        var server = await SmtpServer.StartAsync();
        ServerTraces.ProcessesOf(server).ShouldContain(server.ProcessId);

        await server.DisposeAsync();

        ServerTraces.AreGone(server.Folder).ShouldBeTrue();
    }

    private static async Task SendAsync(SmtpServer server, string to, string subject, string body)
    {
        using var client = new SmtpClient("127.0.0.1", server.Port);
        using var mail = new MailMessage("events@example.test", to, subject, body);
        await client.SendMailAsync(mail);
    }
}
