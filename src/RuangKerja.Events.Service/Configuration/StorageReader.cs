using System.Text.RegularExpressions;
using Npgsql;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Service.Configuration;

/// <summary>Reads the section <c>Storage</c>.</summary>
internal static partial class StorageReader
{
    private const string Key = "Storage:ConnectionString";
    private const string ConnectionStringForm = "'Host=…;Port=5432;Database=…;Username=…;Password=…'";
    private const string DefaultSchema = "ruangkerja";

    // The listener holds one connection for good; the poller and the relay need one each beside it.
    private const int FewestConnections = 3;
    private const int MostConnections = 1_000;

    public static StorageOptions Read(Settings settings)
    {
        var text = ConnectionString(settings);
        var defaults = new StorageOptions
        {
            ConnectionString = text ?? "",
            ConnectionStringFile = settings.File(Key, text, later => WhatNeedsARestart(text!, later)),
        };
        return defaults with
        {
            Schema = Schema(settings),
            Engine = Engine(settings),
            MaxConnections = settings.WholeNumber(
                "Storage:MaxConnections",
                FewestConnections,
                MostConnections,
                defaults.MaxConnections
            ),
            CommandTimeout = settings.Duration(
                "Storage:CommandTimeout",
                TimeSpan.FromSeconds(1),
                TimeSpan.FromMinutes(10),
                defaults.CommandTimeout
            ),
            ConnectTimeout = settings.Duration(
                "Storage:ConnectTimeout",
                TimeSpan.FromSeconds(1),
                TimeSpan.FromMinutes(5),
                defaults.ConnectTimeout
            ),
        };
    }

    private static string? ConnectionString(Settings settings)
    {
        if (settings.Secret(Key, ConnectionStringForm) is not { } text)
            return null;
        if (WhatIsWrong(text) is { } wrong)
            settings.Refuse(Key, $"{Settings.Hidden(text)}{wrong}", ConnectionStringForm);
        return text;
    }

    private static string? WhatIsWrong(string text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(text).Host) ? ", without Host" : null;
        }
        // What the driver says may repeat a part of the secret.
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException)
        {
            return "";
        }
    }

    /// <summary>Only the password may change while the service runs: the driver asks for nothing else anew.</summary>
    private static string? WhatNeedsARestart(string before, string now)
    {
        if (WhatIsWrong(now) is not null)
            return "holds no connection string";

        return Address(before) == Address(now) ? null : "differs in more than the password, which needs a restart";

        static string Address(string text) =>
            new NpgsqlConnectionStringBuilder(text) { Password = null }.ConnectionString;
    }

    private static string Schema(Settings settings)
    {
        const string SchemaKey = "Storage:Schema";
        var schema = settings.Text(SchemaKey) ?? DefaultSchema;
        if (!Identifier().IsMatch(schema) || schema.StartsWith("pg_", StringComparison.Ordinal))
        {
            settings.Refuse(
                SchemaKey,
                $"'{schema}'",
                "a PostgreSQL identifier of 1 to 63 lower-case letters, digits and '_' that does not begin with a digit or pg_"
            );
        }

        return schema;
    }

    private static IStorageEngine Engine(Settings settings)
    {
        const string EngineKey = "Storage:Engine";
        if (settings.Text(EngineKey) is not { } name)
            return StorageEngines.Default;
        if (StorageEngines.Find(name) is { } engine)
            return engine;

        var allowed = name.Equals("Marten", StringComparison.OrdinalIgnoreCase)
            ? $"{StorageEngines.Allowed}; this program was built without Marten: build it with -p:UseMarten=true, or run the container image"
            : StorageEngines.Allowed;
        settings.Refuse(EngineKey, $"'{name}'", allowed);
        return StorageEngines.Default;
    }

    [GeneratedRegex(@"\A[a-z_][a-z0-9_]{0,62}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Identifier();
}
