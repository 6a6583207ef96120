using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RuangKerja.Events.IntegrationTests.Subscriber;
using RuangKerja.Events.Subscriber.Testing;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Samples;

/// <summary>The sample LearnerNotifier and a mail server that asks for TLS and a login.</summary>
public sealed class When_mail_must_be_safe(Servers servers)
{
    [Fact]
    public async Task Should_travel_encrypted_to_a_server_that_is_trusted_and_wait_otherwise()
    {
        var (broker, database) = (await servers.CreateVirtualHostAsync(), await servers.CreateDatabaseAsync());
        using var key = RSA.Create(2048);
        using var certificate = Certificate(key);
        await using var smtp = await SmtpServer.StartAsync(
            new SmtpServerOptions { Certificate = certificate, Login = new NetworkCredential("notifier", "s3cret") }
        );
        await using var publisher = await Publisher.StartAsync(broker);
        (string, string)[] settings =
        [
            ("Smtp:StartTls", "true"),
            ("Smtp:User", "notifier"),
            ("Smtp:Password", "s3cret"),
        ];

        await using (var wary = await RunningNotifier.StartAsync(broker, database, smtp, settings))
        {
            await publisher.PublishAsync(new TestAssignment().Assigned());
            await wary.WaitForLineAsync("No mail can be sent now");
            wary.Says.ShouldContain("certificate");
        }

        smtp.CountMails().ShouldBe(0);
        var trusted = Path.GetTempFileName();
        await File.WriteAllTextAsync(trusted, certificate.ExportCertificatePem());
        await using var notifier = await RunningNotifier.StartAsync(
            broker,
            database,
            smtp,
            [.. settings, ("SSL_CERT_FILE", trusted)]
        );
        await RunningNotifier.WaitForMailsAsync(smtp, 1);

        var mail = smtp.ReadMails().ShouldHaveSingleItem();
        mail.Encrypted.ShouldBeTrue();
        mail.User.ShouldBe("notifier");
        File.Delete(trusted);
    }

    private static X509Certificate2 Certificate(RSA key)
    {
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
