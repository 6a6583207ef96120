using System.Globalization;
using System.Net;
using System.Net.Mail;
using LearnerNotifier.Learners;
using LearnerNotifier.Mails;
using LearnerNotifier.News;
using LearnerNotifier.Sending;
using Microsoft.Extensions.Configuration;

namespace LearnerNotifier;

/// <summary>What the program is told: in <c>appsettings.json</c>, the environment (<c>__</c> for <c>:</c>) or on the command line.</summary>
/// <param name="Broker">Such as <c>amqps://user:password@host/vhost</c>.</param>
/// <param name="Database">The connection string of a database of its own.</param>
/// <param name="LearnerFile">The file of learners; null when their addresses are made of their ids.</param>
/// <param name="LearnerDomain">The domain of the addresses that are made of ids.</param>
/// <param name="Language">The language of learners whose addresses are made.</param>
/// <param name="Kinds">The kinds of change that learners are told of.</param>
/// <param name="Oldest">How long ago a change may have happened.</param>
/// <param name="TimeZone">Where the days begin that are written.</param>
public sealed record NotifierSettings(
    Uri Broker,
    string Database,
    SmtpSettings Smtp,
    string? LearnerFile,
    string? LearnerDomain,
    Language Language,
    IReadOnlySet<string> Kinds,
    TimeSpan Oldest,
    TimeZoneInfo TimeZone
)
{
    private const int SubmissionPort = 587;

    /// <summary>Reads and checks them all.</summary>
    /// <exception cref="FormatException">With everything that is wrong.</exception>
    /// <exception cref="IOException">The file of the mail server's password cannot be read now.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static NotifierSettings Read(IConfiguration configuration)
    {
        var faults = new List<string>();
        if (
            !Uri.TryCreate(configuration["Broker"], UriKind.Absolute, out var broker)
            || broker.Scheme is not ("amqp" or "amqps")
        )
            faults.Add("Broker is missing or no address: it begins with amqp:// or amqps:// and names a host.");
        var database = configuration["Database"];
        if (string.IsNullOrWhiteSpace(database))
            faults.Add("Database is missing: the connection string of a PostgreSQL database of its own.");
        var (file, domain) = (configuration["Learners:File"], configuration["Learners:Domain"]);
        if (file is null == domain is null)
            faults.Add("One of Learners:File and Learners:Domain says where mails go to; set one, and not both.");
        if (file is not null && !File.Exists(file))
            faults.Add($"Learners:File is '{file}', which is not there.");
        if (!Learners.LearnerFile.TryParse(configuration["Learners:Language"] ?? "id", out var language))
            faults.Add($"Learners:Language is '{configuration["Learners:Language"]}'; id and en are allowed.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(configuration["TimeZone"] ?? "Asia/Jakarta", out var zone))
            faults.Add(
                $"TimeZone is '{configuration["TimeZone"]}', which is no time zone; write one such as Asia/Jakarta."
            );
        var oldest = ReadLength(configuration, "News:Oldest", TimeSpan.FromDays(7), faults);
        var kinds = configuration["News:Kinds"] is { } words
            ? words.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet()
            : NewsRule.DefaultKinds;
        foreach (var kind in kinds.Except(Phrases.Kinds))
            faults.Add(
                $"News:Kinds names '{kind}'; {string.Join(", ", Phrases.Kinds.SkipLast(1))} and {Phrases.Kinds[^1]} are allowed."
            );
        var smtp = ReadSmtp(configuration.GetSection("Smtp"), faults);

        return faults.Count == 0
            ? new NotifierSettings(broker!, database!, smtp!, file, domain, language, kinds, oldest, zone!)
            : throw new FormatException(string.Join(Environment.NewLine, faults));
    }

    private static SmtpSettings? ReadSmtp(IConfigurationSection smtp, List<string> faults)
    {
        var before = faults.Count;
        var host = smtp["Host"];
        if (string.IsNullOrWhiteSpace(host))
            faults.Add("Smtp:Host is missing: the mail server.");
        if (
            !int.TryParse(smtp["Port"] ?? $"{SubmissionPort}", CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > 65_535
        )
            faults.Add($"Smtp:Port is '{smtp["Port"]}'; 1 to 65535 are allowed.");
        if (!bool.TryParse(smtp["StartTls"] ?? "true", out var startTls))
            faults.Add($"Smtp:StartTls is '{smtp["StartTls"]}'; true and false are allowed.");
        if (!MailAddress.TryCreate(smtp["From"], out var from))
            faults.Add($"Smtp:From is '{smtp["From"]}', which is no mail address; every mail has it as its sender.");
        var timeout = ReadLength(smtp, "Timeout", TimeSpan.FromSeconds(30), faults);
        var login = ReadLogin(smtp, faults);
        if (login is not null && !startTls)
            faults.Add("Smtp:User is set and Smtp:StartTls is false: the password would travel in the clear.");
        return faults.Count == before ? new SmtpSettings(host!, port, startTls, login, from!, timeout) : null;
    }

    private static NetworkCredential? ReadLogin(IConfigurationSection smtp, List<string> faults)
    {
        var password =
            smtp["PasswordFile"] is { } file && File.Exists(file)
                ? File.ReadAllText(file).TrimEnd('\r', '\n')
                : smtp["Password"];
        if (smtp["User"] is { } user && password is not null)
            return new NetworkCredential(user, password);
        if (smtp["User"] is not null || password is not null || smtp["PasswordFile"] is not null)
            faults.Add("Smtp:User and Smtp:Password (or Smtp:PasswordFile, a file that is there) belong together.");
        return null;
    }

    private static TimeSpan ReadLength(IConfiguration section, string key, TimeSpan @default, List<string> faults)
    {
        if (section[key] is not { } text)
            return @default;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var length) && length > TimeSpan.Zero)
            return length;

        faults.Add($"{key} is '{text}'; write a length such as 00:00:30 or 7.00:00:00.");
        return @default;
    }
}
