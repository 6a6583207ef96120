using RuangKerja.Events.Relay;

namespace RuangKerja.Events.Service.Configuration;

/// <summary>Reads the section <c>Relay</c>.</summary>
internal static class RelayReader
{
    private const string Key = "Relay:RabbitMqUri";
    private const string Form = "amqp://user:password@host:port/vhost, or amqps://…";

    private static readonly Uri NoBroker = new("amqp://nobody@broker.invalid");

    /// <summary>Reads it.</summary>
    /// <param name="settings">Where to read.</param>
    /// <param name="brokerNeeded">False for commands that publish nothing: the broker's address may be absent.</param>
    public static RelayOptions Read(Settings settings, bool brokerNeeded)
    {
        var (uri, file) = RabbitMqUri(settings, brokerNeeded);
        var defaults = new RelayOptions { RabbitMqUri = uri, RabbitMqUriFile = file };
        return defaults with
        {
            BatchSize = settings.WholeNumber("Relay:BatchSize", 1, 10_000, defaults.BatchSize),
            PublishTimeout = settings.Duration(
                "Relay:PublishTimeout",
                TimeSpan.FromSeconds(1),
                TimeSpan.FromMinutes(5),
                defaults.PublishTimeout
            ),
            SafetyInterval = settings.Duration(
                "Relay:SafetyInterval",
                TimeSpan.FromMilliseconds(100),
                TimeSpan.FromMinutes(5),
                defaults.SafetyInterval
            ),
            UnroutableRetention = settings.Duration(
                "Relay:UnroutableRetention",
                TimeSpan.FromHours(1),
                TimeSpan.FromDays(365),
                defaults.UnroutableRetention
            ),
        };
    }

    /// <summary>How much may be published at once; null for the default.</summary>
    public static int? SurgeLimit(Settings settings) =>
        settings.Text("Relay:SurgeLimit") is null
            ? null
            : settings.WholeNumber("Relay:SurgeLimit", least: 1, most: 10_000_000, otherwise: 1);

    /// <summary>How many rows may be pending before polling slows down.</summary>
    public static int OutboxBudget(Settings settings, int otherwise) =>
        settings.WholeNumber("Relay:OutboxBudget", least: 100, most: 1_000_000, otherwise);

    private static (Uri Uri, SecretFile? File) RabbitMqUri(Settings settings, bool needed)
    {
        if (settings.Secret(Key, needed ? Form : null) is not { } text)
            return (NoBroker, null);
        if (WhatIsWrong(text) is { } wrong)
        {
            settings.Refuse(Key, $"{Settings.Hidden(text)}, {wrong}", Form);
            return (NoBroker, null);
        }

        var uri = new Uri(text);
        return (uri, settings.File(Key, text, later => WhatIsWrong(later) ?? WhatNeedsARestart(uri, new Uri(later))));
    }

    /// <summary>Only user and password may change while the service runs.</summary>
    private static string? WhatNeedsARestart(Uri before, Uri now) =>
        RelayOptions.IsSameBroker(before, now) ? null : "names another broker or virtual host, which needs a restart";

    private static string? WhatIsWrong(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri))
            return "which is no address";
        if (uri.Scheme is not ("amqp" or "amqps"))
            return "which is not amqp or amqps";
        if (uri.Host.Length == 0)
            return "without a host";
        if (uri.UserInfo.Split(':')[0].Length == 0)
            return "without a user";
        return uri.Query.Length > 0 || uri.Fragment.Length > 0 ? "with '?' or '#' (write %3F or %23)" : null;
    }
}
