namespace RuangKerja.Events.Service.Configuration;

/// <summary>The names of all settings.</summary>
public static class Keys
{
    /// <summary>The section of the companies; what stands right in it is of the company <c>default</c>.</summary>
    public const string RuangKerja = "RuangKerja";

    /// <summary>The section with a section for each of several companies.</summary>
    public const string Companies = "RuangKerja:Companies";

    /// <summary>The section with a section for each key of the HTTP API.</summary>
    public const string ApiKeys = "Http:ApiKeys";

    /// <summary>Stands for the name of a company or an API key in <see cref="Known"/>.</summary>
    public const string AnyName = "<name>";

    /// <summary>The outermost sections that are ours.</summary>
    public static readonly IReadOnlyList<string> Sections =
    [
        RuangKerja,
        "Polling",
        "Detection",
        "Storage",
        "Relay",
        "Replay",
        "Http",
    ];

    /// <summary>What may be said of a company.</summary>
    public static readonly IReadOnlyList<string> OfCompany =
    [
        "BaseUrl",
        "ClientId",
        "ClientSecret",
        "ClientSecretFile",
        "TimeZone",
    ];

    /// <summary>What may be said of a key of the HTTP API.</summary>
    public static readonly IReadOnlyList<string> OfApiKey = ["Key", "KeyFile", "Role"];

    /// <summary>Every setting of this version, companies and API keys aside.</summary>
    public static readonly IReadOnlyList<string> Fixed =
    [
        "Polling:RequestsPerSecond",
        "Polling:Feed:Interval",
        "Polling:Feed:Overlap",
        "Polling:Feed:SafetyLag",
        "Polling:Feed:MaxWindow",
        "Polling:Feed:MaxItems",
        "Polling:Feed:StartFrom",
        "Polling:Roster:Enabled",
        "Polling:Roster:Interval",
        "Polling:Roster:Parallelism",
        "Detection:Baseline",
        "Detection:SettleDelay",
        "Detection:QuarantineLimit",
        "Storage:ConnectionString",
        "Storage:ConnectionStringFile",
        "Storage:Schema",
        "Storage:Engine",
        "Storage:MaxConnections",
        "Storage:CommandTimeout",
        "Storage:ConnectTimeout",
        "Relay:RabbitMqUri",
        "Relay:RabbitMqUriFile",
        "Relay:BatchSize",
        "Relay:PublishTimeout",
        "Relay:SafetyInterval",
        "Relay:SurgeLimit",
        "Relay:OutboxBudget",
        "Relay:UnroutableRetention",
        "Replay:AllowedQueues",
        "Replay:MaxRate",
        "Replay:Parallelism",
        "Http:Urls",
    ];

    /// <summary>Every setting of this version.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        .. OfCompany.Select(name => $"{RuangKerja}:{name}"),
        .. OfCompany.Select(name => $"{Companies}:{AnyName}:{name}"),
        .. OfApiKey.Select(name => $"{ApiKeys}:{AnyName}:{name}"),
        .. Fixed,
    ];

    /// <summary>Settings and sections that are thought of and not there yet: silence would promise what does not happen.</summary>
    public static readonly IReadOnlyList<string> NotInThisVersion = ["Relay:Lanes"];

    /// <summary>Whether this version reads the key; letter case does not matter.</summary>
    public static bool IsKnown(string key) => Known.Contains(Generic(key), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the key is one of a later version.</summary>
    public static bool IsOfALaterVersion(string key) =>
        NotInThisVersion.Any(later =>
            key.Equals(later, StringComparison.OrdinalIgnoreCase)
            || key.StartsWith($"{later}:", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>The key with <see cref="AnyName"/> in the place of a company's or an API key's name.</summary>
    internal static string Generic(string key)
    {
        var parts = key.Split(':');
        if (parts.Length <= 3 || !IsBelow(Companies) && !IsBelow(ApiKeys))
            return key;

        parts[2] = AnyName;
        return string.Join(':', parts);

        bool IsBelow(string section) => key.StartsWith($"{section}:", StringComparison.OrdinalIgnoreCase);
    }
}
