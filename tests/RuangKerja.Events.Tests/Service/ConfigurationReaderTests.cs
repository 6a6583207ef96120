using RuangKerja.Events.Detection;
using RuangKerja.Events.Polling;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Tests.Service;

public sealed class ConfigurationReaderTests
{
    [Fact]
    public void FewestSettings_TakeTheDefaults()
    {
        var options = new SampleSettings().Read();

        var (pipeline, relay) = (options.Pipeline, options.Pipeline.Relay);
        var company = pipeline.Companies.ShouldHaveSingleItem();
        company.Company.Name.ShouldBe("default");
        company.Api.BaseUrl.ShouldBe(new Uri("https://api.ruangkerja.id"));
        company.Api.Credentials.ClientId.ShouldBe("client");
        company.Api.Credentials.ClientSecret.ShouldBe("api-secret");
        company.Api.TimeZone.Id.ShouldBe("Asia/Jakarta");
        company.Api.RequestsPerSecond.ShouldBe(5);
        pipeline.Polling.Feed.ShouldBe(new FeedPollingOptions());
        pipeline.Detection.ShouldBe(new DetectionOptions());
        pipeline.Storage.ShouldBe(new StorageOptions { ConnectionString = "Host=db;Username=user;Password=db-secret" });
        relay.ShouldBe(new RelayOptions { RabbitMqUri = new Uri("amqp://user:mq-secret@broker/") });
        options.Http.Urls.ShouldBe([new Uri("http://127.0.0.1:8080")]);
        options.Warnings.ShouldBeEmpty();
    }

    public static TheoryData<string, string, Func<PipelineOptions, object?>, object> Accepted { get; } =
        new()
        {
            { "Polling:RequestsPerSecond", "0.1", o => o.Companies[0].Api.RequestsPerSecond, 0.1 },
            { "Polling:RequestsPerSecond", "100", o => o.Companies[0].Api.RequestsPerSecond, 100.0 },
            { "Polling:Feed:Interval", "00:00:01", o => o.Polling.Feed.Interval, TimeSpan.FromSeconds(1) },
            { "Polling:Feed:Interval", "01:00:00", o => o.Polling.Feed.Interval, TimeSpan.FromHours(1) },
            { "Polling:Feed:Overlap", "00:00:00", o => o.Polling.Feed.Overlap, TimeSpan.Zero },
            { "Polling:Feed:Overlap", "1.00:00:00", o => o.Polling.Feed.Overlap, TimeSpan.FromDays(1) },
            { "Polling:Feed:SafetyLag", "00:10:00", o => o.Polling.Feed.SafetyLag, TimeSpan.FromMinutes(10) },
            { "Polling:Feed:MaxWindow", "31.00:00:00", o => o.Polling.Feed.MaxWindow, TimeSpan.FromDays(31) },
            { "Polling:Feed:MaxItems", "100", o => o.Polling.Feed.MaxItems, 100 },
            {
                "Polling:Feed:StartFrom",
                "2026-01-31T07:00:00+07:00",
                o => o.Polling.Feed.StartFrom,
                new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero)
            },
            { "Detection:Baseline", "publish", o => o.Detection.Baseline, BaselineHandling.Publish },
            { "Detection:QuarantineLimit", "1", o => o.Detection.QuarantineLimit, 1.0 },
            { "Detection:QuarantineLimit", "0.05", o => o.Detection.QuarantineLimit, 0.05 },
            { "Storage:Schema", "hr_events", o => o.Storage.Schema, "hr_events" },
            { "Storage:MaxConnections", "3", o => o.Storage.MaxConnections, 3 },
            { "Storage:CommandTimeout", "00:10:00", o => o.Storage.CommandTimeout, TimeSpan.FromMinutes(10) },
            { "Storage:ConnectTimeout", "00:00:01", o => o.Storage.ConnectTimeout, TimeSpan.FromSeconds(1) },
            { "Storage:Engine", "npgsql", o => o.Storage.Schema, "ruangkerja" },
            { "Relay:RabbitMqUri", "amqps://u:p@b:5671/v", o => o.Relay.RabbitMqUri, new Uri("amqps://u:p@b:5671/v") },
            { "Relay:BatchSize", "10000", o => o.Relay.BatchSize, 10_000 },
            { "Relay:PublishTimeout", "00:05:00", o => o.Relay.PublishTimeout, TimeSpan.FromMinutes(5) },
            { "Relay:SafetyInterval", "00:00:00.1", o => o.Relay.SafetyInterval, TimeSpan.FromMilliseconds(100) },
            { "Relay:UnroutableRetention", "365.00:00:00", o => o.Relay.UnroutableRetention, TimeSpan.FromDays(365) },
            { "Relay:OutboxBudget", "100", o => o.OutboxBudget, 100 },
            {
                "Replay:AllowedQueues",
                " hr-* ; certificates ",
                o => string.Join('|', o.Replay.AllowedQueues),
                "hr-*|certificates"
            },
            { "Replay:AllowedQueues", null!, o => o.Replay.AllowedQueues.Count, 0 },
            { "Replay:MaxRate", "1", o => o.Replay.MaxRate, 1 },
            { "Replay:Parallelism", "0", o => o.Replay.Parallelism, 0 },
            { "Relay:OutboxBudget", null!, o => o.OutboxBudget, 100_000 },
            { "Storage:Schema", "  ", o => o.Storage.Schema, "ruangkerja" },
            { "RuangKerja:TimeZone", "Asia/Makassar", o => o.Companies[0].Api.TimeZone.Id, "Asia/Makassar" },
            { "ruangkerja:clientid", "CaseAside", o => o.Companies[0].Api.Credentials.ClientId, "CaseAside" },
        };

    [Theory]
    [MemberData(nameof(Accepted))]
    public void GoodValue_IsRead(string key, string value, Func<PipelineOptions, object?> member, object expected) =>
        member(new SampleSettings().With(key, value).Read().Pipeline).ShouldBe(expected);

    [Theory]
    [InlineData("Polling:RequestsPerSecond", "0.09", "a number, 0.1 to 100, such as 5")]
    [InlineData("Polling:RequestsPerSecond", "100.1", "0.1 to 100")]
    [InlineData("Polling:RequestsPerSecond", "0", "0.1 to 100")]
    [InlineData("Polling:RequestsPerSecond", "NaN", "0.1 to 100")]
    [InlineData("Polling:RequestsPerSecond", "1e1", "0.1 to 100")]
    [InlineData("Polling:Feed:Interval", "00:00:00", "00:00:01 to 01:00:00")]
    [InlineData("Polling:Feed:Interval", "30", "hh:mm:ss")]
    [InlineData("Polling:Feed:Interval", "00:30", "hh:mm:ss")]
    [InlineData("Polling:Feed:Interval", "00:00:61", "hh:mm:ss")]
    [InlineData("Polling:Feed:Interval", "30s", "hh:mm:ss")]
    [InlineData("Polling:Feed:Overlap", "-00:00:01", "00:00:00 to 1.00:00:00")]
    [InlineData("Polling:Feed:Overlap", "1.00:00:01", "00:00:00 to 1.00:00:00")]
    [InlineData("Polling:Feed:SafetyLag", "00:10:01", "00:00:00 to 00:10:00")]
    [InlineData("Polling:Feed:MaxWindow", "00:00:59", "00:01:00 to 31.00:00:00")]
    [InlineData("Polling:Feed:MaxItems", "99", "100 to 1000000")]
    [InlineData("Polling:Feed:StartFrom", "2026-01-31T00:00:00", "with its offset")]
    [InlineData("Polling:Feed:StartFrom", "2026-01-31", "with its offset")]
    [InlineData("Polling:Feed:StartFrom", "2026-02-03T04:05:07Z", "to now")]
    [InlineData("Polling:Feed:StartFrom", "1989-12-31T00:00:00Z", "1990-01-01")]
    [InlineData("Detection:Baseline", "Ignore", "Store or Publish")]
    [InlineData("Detection:Baseline", "1", "Store or Publish")]
    [InlineData("Detection:QuarantineLimit", "1.1", "0 to 1")]
    [InlineData("Detection:QuarantineLimit", "-0.1", "0 to 1")]
    [InlineData("Detection:QuarantineLimit", "20%", "0 to 1")]
    [InlineData("Detection:QuarantineLimit", "0,2", "0 to 1")]
    [InlineData("Storage:Schema", "Upper", "lower-case")]
    [InlineData("Storage:Schema", "a;drop", "lower-case")]
    [InlineData("Storage:Schema", "1st", "digit")]
    [InlineData("Storage:Schema", "pg_mine", "pg_")]
#if !MARTEN
    [InlineData("Storage:Engine", "Marten", "built without Marten: build it with -p:UseMarten=true")]
#endif
    [InlineData("Storage:Engine", "EventStore", "Npgsql")]
    [InlineData("Storage:MaxConnections", "2", "3 to 1000")]
    [InlineData("Storage:MaxConnections", "1001", "3 to 1000")]
    [InlineData("Storage:MaxConnections", "1e2", "3 to 1000")]
    [InlineData("Storage:CommandTimeout", "00:00:00", "00:00:01 to 00:10:00")]
    [InlineData("Storage:ConnectTimeout", "00:05:01", "00:00:01 to 00:05:00")]
    [InlineData("Relay:BatchSize", "0", "1 to 10000")]
    [InlineData("Relay:BatchSize", "10001", "1 to 10000")]
    [InlineData("Relay:PublishTimeout", "00:05:01", "00:00:01 to 00:05:00")]
    [InlineData("Relay:SafetyInterval", "00:00:00.05", "00:00:00.1000000 to 00:05:00")]
    [InlineData("Relay:OutboxBudget", "99", "100 to 1000000")]
    [InlineData("Replay:AllowedQueues", ";", "names of queues")]
    [InlineData("Replay:MaxRate", "0", "1 to 100000")]
    [InlineData("Replay:Parallelism", "17", "0 to 16")]
    [InlineData("Relay:OutboxBudget", "1000001", "100 to 1000000")]
    [InlineData("Relay:UnroutableRetention", "00:59:59", "01:00:00 to 365.00:00:00")]
    [InlineData("RuangKerja:BaseUrl", "api.ruangkerja.id", "http or https")]
    [InlineData("RuangKerja:BaseUrl", "ftp://api.ruangkerja.id", "http or https")]
    [InlineData("RuangKerja:TimeZone", "Asia/Atlantis", "a time zone")]
    [InlineData("Http:Urls", "http://127.0.0.1:8080/base", "http addresses of this machine only")]
    [InlineData("Http:Urls", "https://127.0.0.1:8443", "http addresses of this machine only")]
    [InlineData("Http:Urls", "http://*:8080", "http addresses of this machine only")]
    [InlineData("Http:Urls", "http://0.0.0.0:8080", "no API keys")]
    [InlineData("Http:Urls", "http://192.0.2.1", "no API keys")]
    [InlineData("Http:Urls", ";", "http addresses of this machine only")]
    [InlineData("Logging:LogLevel:Default", "Nonsense", "Information or Warning")]
    [InlineData("Logging:LogLevel:Default", "7", "Information or Warning")]
    [InlineData("Logging:LogLevel:Default", " ", "Information or Warning")]
    [InlineData("Logging:LogLevel:System.Net.Http", "Loud", "Information or Warning")]
    [InlineData("Logging:Console:LogLevel:Default", "Loud", "Information or Warning")]
    [InlineData("Logging:console:loglevel:Default", "Loud", "Information or Warning")]
    public void BadValue_IsNamedWithWhatIsAllowed(string key, string value, string allowed)
    {
        var fault = new SampleSettings().With(key, value).Fault();

        fault.Key.ShouldBe(key);
        fault.Found.ShouldBe($"'{value}'");
        fault.Allowed.ShouldContain(allowed);
    }

    [Theory]
    [InlineData("Logging:LogLevel:Default", "debug")]
    [InlineData("Logging:Console:LogLevel:MassTransit", "None")]
    [InlineData("Logging:Console:FormatterName", "json")]
    public void LoggingSettings_ThatTheFrameworkTakesPass(string key, string value) =>
        new SampleSettings().With(key, value).Read().Warnings.ShouldBeEmpty();

    [Theory]
    [InlineData("http://localhost:9000", 1)]
    [InlineData("http://127.0.0.1:9000; http://[::1]:9000", 2)]
    public void LoopbackUrls_AreRead(string urls, int count) =>
        new SampleSettings().With("Http:Urls", urls).Read().Http.Urls.Count.ShouldBe(count);

    [Theory]
    [InlineData("http://simulator:8080", true)]
    [InlineData("http://127.0.0.1:8080", false)]
    [InlineData("https://api.example", false)]
    public void PlainHttpToOthers_IsAllowedWithAWarning(string baseUrl, bool warned)
    {
        var options = new SampleSettings().With("RuangKerja:BaseUrl", baseUrl).Read();

        options.Pipeline.Companies[0].Api.BaseUrl.ShouldBe(new Uri(baseUrl));
        options.Warnings.Any(warning => warning.Contains("plain http")).ShouldBe(warned);
    }

    [Fact]
    public void NothingSet_NamesEveryRequiredKeyAtOnce()
    {
        var settings = new SampleSettings()
            .With("RuangKerja:ClientId", null)
            .With("RuangKerja:ClientSecret", "")
            .With("Storage:ConnectionString", null)
            .With("Relay:RabbitMqUri", null);

        var faults = settings.Faults();

        faults
            .Select(fault => fault.Key)
            .ShouldBe([
                "RuangKerja:ClientId",
                "RuangKerja:ClientSecret",
                "Storage:ConnectionString",
                "Relay:RabbitMqUri",
            ]);
        faults.ShouldAllBe(fault => fault.Found == "nothing");
    }

    [Fact]
    public void ManyFaults_AreAllInTheMessageOneALine()
    {
        var settings = new SampleSettings()
            .With("Polling:Feed:Interval", "never")
            .With("Storage:MaxConnections", "0")
            .With("Http:Urls", "http://0.0.0.0:1")
            .With("Relay:Bach", "1");

        var message = Should.Throw<Events.Service.Configuration.ConfigurationException>(settings.Read).Message;

        message.Split(Environment.NewLine).Length.ShouldBe(5);
        message.ShouldStartWith("The configuration has 4 faults:");
    }

    [Fact]
    public void StorageAlone_AsksForNothingElse()
    {
        var settings = new SampleSettings()
            .With("RuangKerja:ClientId", null)
            .With("Relay:RabbitMqUri", null)
            .With("Polling:Feed:Interval", "never");

        settings.Reader().ReadStorage().ConnectionString.ShouldStartWith("Host=db");
    }

    [Fact]
    public void StorageAlone_IsReadWhole()
    {
        var settings = new SampleSettings().With("Storage:Schema", "X").With("Storage:Shema", "x");

        Should
            .Throw<Events.Service.Configuration.ConfigurationException>(() => settings.Reader().ReadStorage())
            .Faults.Count.ShouldBe(2);
    }

    [Fact]
    public void BrokerNotNeeded_MayBeAbsentAndMustNotBeWrong()
    {
        var settings = new SampleSettings().With("Relay:RabbitMqUri", null);
        settings.Reader().Read(SampleSettings.Now, brokerNeeded: false).Pipeline.Companies.Count.ShouldBe(1);

        settings.With("Relay:RabbitMqUri", "http://broker");
        Should.Throw<Events.Service.Configuration.ConfigurationException>(() =>
            settings.Reader().Read(SampleSettings.Now, brokerNeeded: false)
        );
    }
}
