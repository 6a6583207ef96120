using Microsoft.Extensions.Configuration;
using RuangKerja.Events.Service.Configuration;

namespace RuangKerja.Events.Tests.Service;

/// <summary>The fewest settings that are valid, and ways to change them.</summary>
internal sealed class SampleSettings
{
    public static readonly DateTimeOffset Now = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private readonly Dictionary<string, string?> _settings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["RuangKerja:ClientId"] = "client",
        ["RuangKerja:ClientSecret"] = "api-secret",
        ["Storage:ConnectionString"] = "Host=db;Username=user;Password=db-secret",
        ["Relay:RabbitMqUri"] = "amqp://user:mq-secret@broker/",
    };

    private readonly Dictionary<string, string> _files = [];

    /// <summary>The same with one setting changed; null takes it away.</summary>
    public SampleSettings With(string key, string? value)
    {
        _settings[key] = value;
        return this;
    }

    /// <summary>The same with a file to be read.</summary>
    public SampleSettings WithFile(string path, string content)
    {
        _files[path] = content;
        return this;
    }

    public IConfiguration Configuration() => new ConfigurationBuilder().AddInMemoryCollection(_settings).Build();

    public ConfigurationReader Reader() => new(Configuration(), ReadFile);

    public string ReadFile(string path) =>
        _files.TryGetValue(path, out var content) ? content : throw new FileNotFoundException("not there", path);

    public ServiceOptions Read() => Reader().Read(Now);

    /// <summary>What is wrong with them; there must be something.</summary>
    public IReadOnlyList<ConfigurationFault> Faults() => Should.Throw<ConfigurationException>(() => Read()).Faults;

    /// <summary>What is wrong with them when it is one thing.</summary>
    public ConfigurationFault Fault() => Faults().ShouldHaveSingleItem();
}
