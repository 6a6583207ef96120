using System.Text.RegularExpressions;
using Npgsql;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Service.Configuration;

/// <summary>Reads the section <c>Storage</c>.</summary>
internal static partial class StorageReader
{
    private const string ConnectionStringForm = "'Host=…;Port=5432;Database=…;Username=…;Password=…'";
    private const string DefaultSchema = "ruangkerja";

    // The listener holds one connection for good; the poller and the relay need one each beside it.
    private const int FewestConnections = 3;
    private const int MostConnections = 1_000;

    public static StorageOptions Read(Settings settings)
    {
        var defaults = new StorageOptions { ConnectionString = ConnectionString(settings) };
        RefuseOtherEngines(settings);
        return defaults with
        {
            Schema = Schema(settings),
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

    private static string ConnectionString(Settings settings)
    {
        const string Key = "Storage:ConnectionString";
        if (settings.Secret(Key, ConnectionStringForm) is not { } text)
            return "";

        try
        {
            if (string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(text).Host))
                settings.Refuse(Key, $"{Settings.Hidden(text)}, without Host", ConnectionStringForm);
        }
        // What the driver says may repeat a part of the secret.
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException)
        {
            settings.Refuse(Key, Settings.Hidden(text), ConnectionStringForm);
        }

        return text;
    }

    private static string Schema(Settings settings)
    {
        const string Key = "Storage:Schema";
        var schema = settings.Text(Key) ?? DefaultSchema;
        if (!Identifier().IsMatch(schema) || schema.StartsWith("pg_", StringComparison.Ordinal))
        {
            settings.Refuse(
                Key,
                $"'{schema}'",
                "a PostgreSQL identifier of 1 to 63 lower-case letters, digits and '_' that does not begin with a digit or pg_"
            );
        }

        return schema;
    }

    private static void RefuseOtherEngines(Settings settings)
    {
        const string Key = "Storage:Engine";
        if (settings.Text(Key) is { } engine && !engine.Equals("Npgsql", StringComparison.OrdinalIgnoreCase))
            settings.Refuse(Key, $"'{engine}'", "Npgsql; other engines are not in this version");
    }

    [GeneratedRegex(@"\A[a-z_][a-z0-9_]{0,62}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Identifier();
}
