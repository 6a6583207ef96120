using System.Net;

namespace CertificateIssuer;

/// <summary>What the program is told: in <c>appsettings.json</c>, the environment (<c>__</c> for <c>:</c>) or on the command line.</summary>
/// <param name="Broker">Such as <c>amqps://user:password@host/vhost</c>.</param>
/// <param name="Database">The connection string of a database of its own.</param>
/// <param name="Url">Where the page of the certificates is, on loopback.</param>
/// <param name="Companies">What the companies are called, and where they are.</param>
public sealed record IssuerSettings(Uri Broker, string Database, Uri Url, CompanyDirectory Companies)
{
    /// <summary>Reads and checks them all.</summary>
    /// <exception cref="FormatException">With everything that is wrong.</exception>
    public static IssuerSettings Read(IConfiguration configuration)
    {
        var faults = new List<string>();
        var broker = ReadUri(configuration, "Broker", ["amqp", "amqps"], faults);
        var database = configuration["Database"];
        if (string.IsNullOrWhiteSpace(database))
            faults.Add("Database is missing: the connection string of a PostgreSQL database of its own.");
        var url = ReadUri(configuration, "Url", ["http"], faults, @default: "http://127.0.0.1:8090");
        // Whoever can open the page sees every certificate: it has no keys, so it is for this machine alone.
        if (url is not null && !(IPAddress.TryParse(url.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)))
            faults.Add($"Url is '{url}'; an address of this machine alone is allowed, such as http://127.0.0.1:8090.");

        var standard = new Company(null, ReadZone(configuration, "TimeZone", "Asia/Jakarta", faults));
        var companies = configuration
            .GetSection("Companies")
            .GetChildren()
            .ToDictionary(
                section => section.Key,
                section => new Company(
                    section["Title"],
                    ReadZone(configuration, $"{section.Path}:TimeZone", standard.TimeZone.Id, faults)
                ),
                StringComparer.OrdinalIgnoreCase
            );
        return faults.Count == 0
            ? new IssuerSettings(broker!, database!, url!, new CompanyDirectory(standard, companies))
            : throw new FormatException(string.Join(Environment.NewLine, faults));
    }

    private static Uri? ReadUri(
        IConfiguration configuration,
        string key,
        string[] schemes,
        List<string> faults,
        string? @default = null
    )
    {
        var text = configuration[key] ?? @default;
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && schemes.Contains(uri.Scheme))
            return uri;

        // The value is not shown: it may hold a password.
        faults.Add(
            $"{key} is {(text is null ? "missing" : "no such address")}: it begins with {schemes[0]}:// and names a host."
        );
        return null;
    }

    private static TimeZoneInfo ReadZone(IConfiguration configuration, string key, string @default, List<string> faults)
    {
        var id = configuration[key] ?? @default;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
            return zone;

        faults.Add($"{key} is '{id}', which is no time zone; write one such as Asia/Jakarta.");
        return TimeZoneInfo.Utc;
    }
}
