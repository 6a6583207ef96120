using Microsoft.Extensions.Configuration;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Service.Configuration;

/// <summary>Everything the service is told.</summary>
/// <param name="Warnings">What is allowed and still deserves a word.</param>
public sealed record ServiceOptions(PipelineOptions Pipeline, HttpOptions Http, IReadOnlyList<string> Warnings);

/// <summary>What asking for a replay needs.</summary>
public sealed record ReplaySettings(StorageOptions Storage, RelayOptions Relay, ReplayOptions Replay);

/// <summary>
/// Turns configuration into options, whole or not at all: every fault is gathered before any is thrown. Asks nothing of
/// the world but the files of secrets.
/// </summary>
/// <param name="configuration">Where the settings are.</param>
/// <param name="readFile">Reads a secret's file; throws as <see cref="File.ReadAllText(string)"/> does.</param>
public sealed class ConfigurationReader(IConfiguration configuration, Func<string, string> readFile)
{
    /// <summary>Reads all sections.</summary>
    /// <param name="now">No poll can begin later than this.</param>
    /// <param name="brokerNeeded">False for commands that publish nothing: the broker's address may be absent.</param>
    /// <exception cref="ConfigurationException">Something is missing, wrong or unknown.</exception>
    public ServiceOptions Read(DateTimeOffset now, bool brokerNeeded = true)
    {
        var settings = new Settings(configuration, readFile);
        var pipeline = new PipelineOptions
        {
            Companies = CompaniesReader.Read(settings),
            Polling = PollingReader.Read(settings, now),
            Detection = ReadDetection(settings),
            SurgeLimit = RelayReader.SurgeLimit(settings),
            Storage = StorageReader.Read(settings),
            Relay = RelayReader.Read(settings, brokerNeeded),
            Replay = ReplayReader.Read(settings),
        };
        pipeline = pipeline with { OutboxBudget = RelayReader.OutboxBudget(settings, pipeline.OutboxBudget) };
        var http = HttpReader.Read(settings);
        LogLevels.Check(settings);
        UnknownKeys.Refuse(settings, Keys.Sections);
        UnknownKeys.RefuseMisspeltSections(settings);
        settings.ThrowIfFaulty();
        return new ServiceOptions(pipeline, http, [.. Warnings(pipeline), .. Warnings(http)]);
    }

    /// <summary>Reads the section <c>Storage</c>, for commands that need the database alone.</summary>
    /// <exception cref="ConfigurationException">Something in it is missing, wrong or unknown.</exception>
    public StorageOptions ReadStorage() => ReadSection("Storage", StorageReader.Read);

    /// <summary>Reads the section <c>Http</c>, for commands that ask a running service.</summary>
    /// <exception cref="ConfigurationException">Something in it is wrong or unknown.</exception>
    public HttpOptions ReadHttp() => ReadSection("Http", HttpReader.Read);

    /// <summary>Reads the section <c>Relay</c>, for commands that need the broker alone.</summary>
    /// <exception cref="ConfigurationException">Something in it is missing, wrong or unknown.</exception>
    public RelayOptions ReadRelay() => ReadSection("Relay", settings => RelayReader.Read(settings, brokerNeeded: true));

    /// <summary>Reads what asking for a replay needs.</summary>
    /// <exception cref="ConfigurationException">Something in it is missing, wrong or unknown.</exception>
    public ReplaySettings ReadReplay()
    {
        var settings = new Settings(configuration, readFile);
        var read = new ReplaySettings(
            StorageReader.Read(settings),
            RelayReader.Read(settings, brokerNeeded: true),
            ReplayReader.Read(settings)
        );
        UnknownKeys.Refuse(settings, ["Storage", "Relay", "Replay"]);
        settings.ThrowIfFaulty();
        return read;
    }

    private TOptions ReadSection<TOptions>(string section, Func<Settings, TOptions> read)
    {
        var settings = new Settings(configuration, readFile);
        var options = read(settings);
        UnknownKeys.Refuse(settings, [section]);
        settings.ThrowIfFaulty();
        return options;
    }

    private static DetectionOptions ReadDetection(Settings settings)
    {
        var defaults = new DetectionOptions();
        return new DetectionOptions
        {
            Baseline = settings.Word("Detection:Baseline", defaults.Baseline),
            SettleDelay = settings.Duration(
                "Detection:SettleDelay",
                TimeSpan.Zero,
                TimeSpan.FromHours(1),
                defaults.SettleDelay
            ),
            QuarantineLimit = settings.Share("Detection:QuarantineLimit", defaults.QuarantineLimit),
        };
    }

    private static IEnumerable<string> Warnings(HttpOptions http) =>
        http
            .Urls.Where(url => !url.IsLoopback)
            .Select(url =>
                $"Http:Urls: {url.GetLeftPart(UriPartial.Authority)} is plain http; whoever is on the way can read the API keys. "
                + "Put a proxy that speaks TLS before it, or keep it within a network of its own."
            );

    private static IEnumerable<string> Warnings(PipelineOptions options)
    {
        foreach (var (company, api) in options.Companies)
        {
            if (api.BaseUrl is { Scheme: "http", IsLoopback: false })
            {
                yield return $"Company {company}: the API is asked over plain http ({api.BaseUrl.Authority}); whoever is on the "
                    + "way can read the credentials and the answers.";
            }
        }

        if (options.Polling.Rosters.Enabled && options.Polling.Feed.Overlap <= options.Detection.SettleDelay)
        {
            yield return $"Polling:Feed:Overlap ({options.Polling.Feed.Overlap}) is not longer than Detection:SettleDelay "
                + $"({options.Detection.SettleDelay}): a row of the feed that is not believed at first may not come again.";
        }
    }
}
