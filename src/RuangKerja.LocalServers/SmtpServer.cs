using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace RuangKerja.LocalServers;

/// <summary>
/// A private SMTP server (Python's aiosmtpd) on loopback, which keeps every mail it is sent and delivers none. It runs as the
/// user of this process.
/// </summary>
public sealed class SmtpServer : LocalServer
{
    private readonly string _python;
    private readonly SmtpServerOptions _options;

    private SmtpServer(string python, SmtpServerOptions options)
        : base(options, LoopbackPort.ChooseFree(1)[0])
    {
        _python = python;
        _options = options;
    }

    /// <summary>Where the mails are, in the order they came: <c>000001.eml</c>, and beside it <c>000001.json</c>.</summary>
    public string MailFolder => Path.Combine(Folder, "mails");

    private protected override string Name => "The SMTP server";

    private protected override string StopSignal => "TERM";

    private string AnswersPath => Path.Combine(Folder, "answers.json");

    /// <summary>Makes a new server and starts it; returns when it takes clients.</summary>
    /// <exception cref="ServerProgramsMissingException">Python 3 or its module aiosmtpd is not installed.</exception>
    /// <exception cref="ServerStartException">It ended, or did not answer in time.</exception>
    public static Task<SmtpServer> StartAsync(
        SmtpServerOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= new SmtpServerOptions();
        var missing = new List<string>();
        var python = InstalledPrograms.FindSmtp(options.ProgramFolder, missing);
        return python is null
            ? throw new ServerProgramsMissingException(missing)
            : StartNewAsync(() => new SmtpServer(python, options), cancellationToken);
    }

    /// <summary>From now on refuses a recipient with this reply to <c>RCPT TO</c>, such as <c>550 5.1.1 No such user</c>.</summary>
    public void Refuse(string recipient, string reply) => Answer(answers => answers[recipient] = reply);

    /// <summary>From now on takes mail for a recipient that was refused.</summary>
    public void Accept(string recipient) => Answer(answers => answers.Remove(recipient));

    /// <summary>The mails it has taken, over all its starts, in the order they came.</summary>
    public IReadOnlyList<ReceivedMail> ReadMails() =>
        Directory.Exists(MailFolder)
            ? [.. Directory.GetFiles(MailFolder, "*.json").Order(StringComparer.Ordinal).Select(Read)]
            : [];

    /// <summary>How many mails it has taken, over all its starts.</summary>
    public int CountMails() => Directory.Exists(MailFolder) ? Directory.GetFiles(MailFolder, "*.json").Length : 0;

    private protected override IReadOnlyDictionary<string, string> WriteFiles()
    {
        var settings = new Dictionary<string, object?>
        {
            ["port"] = Port,
            ["user"] = _options.Login?.UserName,
            ["password"] = _options.Login?.Password,
            ["tls"] = _options.Certificate is not null,
        };
        WriteFile("settings.json", JsonSerializer.Serialize(settings));
        WriteFile("answers.json", "{}");
        if (_options.Certificate is { } certificate)
        {
            WriteFile("certificate.pem", certificate.ExportCertificatePem());
            using var key = certificate.GetRSAPrivateKey()!;
            WriteFile("key.pem", key.ExportPkcs8PrivateKeyPem());
        }

        WriteFile("smtp_server.py", Supervisor.Script("smtp_server.py"));
        WriteFile("prepare", "");
        WriteFile("run", Supervisor.Script("smtp-run.sh"));
        return new Dictionary<string, string> { ["LOCAL_SERVER_PYTHON"] = _python, ["PYTHONDONTWRITEBYTECODE"] = "1" };
    }

    /// <summary>Whether it greets with <c>220</c> (RFC 5321, section 3.1).</summary>
    private protected override async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
        var answer = new byte[3];
        await client.GetStream().ReadExactlyAsync(answer, cancellationToken);
        return answer.AsSpan().SequenceEqual("220"u8);
    }

    /// <summary>The file is replaced whole, since the server may be reading it.</summary>
    private void Answer(Action<Dictionary<string, string>> change)
    {
        var answers = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(AnswersPath))!;
        change(answers);
        WriteFile("answers.new", JsonSerializer.Serialize(answers));
        File.Move(Path.Combine(Folder, "answers.new"), AnswersPath, overwrite: true);
    }

    private static ReceivedMail Read(string path) =>
        JsonSerializer.Deserialize<ReceivedMail>(File.ReadAllText(path), JsonSerializerOptions.Web)! with
        {
            File = Path.ChangeExtension(path, ".eml"),
        };
}
