using Npgsql;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.Service.Commands.Demo;

/// <summary>Both sample subscribers, each with a database of its own, and the mail server that the one sends to.</summary>
internal sealed class DemoSamples : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly SmtpServer _smtp;
    private readonly DemoMailPage _mails;

    private DemoSamples(SmtpServer smtp, DemoMailPage mails, DemoSample issuer, DemoSample notifier) =>
        (_smtp, _mails, Issuer, Notifier) = (smtp, mails, issuer, notifier);

    /// <summary>The queues that the samples may ask to be replayed to.</summary>
    public static IReadOnlyList<string> Queues { get; } = ["certificate-issuer", "learner-notifier"];

    /// <summary>The one that makes certificates.</summary>
    public DemoSample Issuer { get; }

    /// <summary>The one that writes mails.</summary>
    public DemoSample Notifier { get; }

    /// <summary>Where the mails can be read.</summary>
    public Uri MailPage => _mails.Address;

    /// <summary>The folder of the mails.</summary>
    public string MailFolder => _smtp.MailFolder;

    /// <summary>Starts them all.</summary>
    public static async Task<DemoSamples> StartAsync(
        DemoOptions options,
        LocalServerSet servers,
        Action<string, string> show,
        CancellationToken cancellationToken
    )
    {
        var started = new Stack<IAsyncDisposable>();
        try
        {
            var smtp = Started(await SmtpServer.StartAsync(cancellationToken: cancellationToken));
            var issuer = Started(
                new DemoSample(
                    options.CertificateIssuer,
                    new Dictionary<string, string>
                    {
                        ["Broker"] = servers.RabbitMq.AmqpUri.AbsoluteUri,
                        ["Database"] = await CreateDatabaseAsync(
                            servers.Postgres,
                            "certificate_issuer",
                            cancellationToken
                        ),
                        ["Url"] = "http://127.0.0.1:0",
                    },
                    line => show("issuer", line)
                )
            );
            var notifier = Started(
                new DemoSample(
                    options.LearnerNotifier,
                    new Dictionary<string, string>
                    {
                        ["Broker"] = servers.RabbitMq.AmqpUri.AbsoluteUri,
                        ["Database"] = await CreateDatabaseAsync(
                            servers.Postgres,
                            "learner_notifier",
                            cancellationToken
                        ),
                        ["Learners__Domain"] = "example.test",
                        ["Smtp__Host"] = "127.0.0.1",
                        ["Smtp__Port"] = $"{smtp.Port}",
                        ["Smtp__StartTls"] = "false",
                        ["Smtp__From"] = "ruangkerja@example.test",
                    },
                    line => show("notifier", line)
                )
            );
            return new DemoSamples(smtp, await DemoMailPage.StartAsync(smtp, cancellationToken), issuer, notifier);
        }
        catch
        {
            while (started.TryPop(out var last))
                await last.DisposeAsync();
            throw;
        }

        T Started<T>(T one)
            where T : IAsyncDisposable
        {
            started.Push(one);
            return one;
        }
    }

    /// <summary>How many certificates are in the issuer's register, revoked ones too.</summary>
    public async Task<long> CountCertificatesAsync()
    {
        var counts = await _http.GetFromJsonAsync<RegisterCounts>(new Uri(Issuer.Address!, "/certificates"));
        return counts!.Issued;
    }

    /// <summary>How many different mails the mail server has: one that was sent twice has its Message-ID twice.</summary>
    public long CountMails() => _smtp.ReadMails().DistinctBy(mail => mail.MessageId).Count();

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Issuer.DisposeAsync().AsTask(), Notifier.DisposeAsync().AsTask());
        await _mails.DisposeAsync();
        await _smtp.DisposeAsync();
        _http.Dispose();
    }

    private static async Task<string> CreateDatabaseAsync(
        PostgresServer server,
        string name,
        CancellationToken cancellationToken
    )
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand($"create database {name}");
        await command.ExecuteNonQueryAsync(cancellationToken);
        return new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name }.ConnectionString;
    }

    private sealed record RegisterCounts(long Issued);
}
