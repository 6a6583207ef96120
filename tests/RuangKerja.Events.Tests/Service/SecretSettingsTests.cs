using RuangKerja.Events.Service.Configuration;

namespace RuangKerja.Events.Tests.Service;

public sealed class SecretSettingsTests
{
    public static TheoryData<string> Secrets { get; } =
        new() { "RuangKerja:ClientSecret", "Storage:ConnectionString", "Relay:RabbitMqUri" };

    private static string ValueOf(ServiceOptions options, string key) =>
        key switch
        {
            "RuangKerja:ClientSecret" => options.Pipeline.Companies[0].Api.Credentials.ClientSecret,
            "Storage:ConnectionString" => options.Pipeline.Storage.ConnectionString,
            _ => options.Pipeline.Relay.RabbitMqUri.OriginalString,
        };

    [Theory]
    [MemberData(nameof(Secrets))]
    public void File_GivesTheSecretWithoutItsLineBreak(string key)
    {
        var inline = new SampleSettings();
        var value = ValueOf(inline.Read(), key);

        var fromFile = inline.With(key, null).With($"{key}File", "/run/secret").WithFile("/run/secret", $"{value}\r\n");

        ValueOf(fromFile.Read(), key).ShouldBe(value);
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public void ValueAndFile_AreOneTooMany(string key)
    {
        var fault = new SampleSettings().With($"{key}File", "/run/secret").WithFile("/run/secret", "x").Fault();

        fault.Key.ShouldBe(key);
        fault.Found.ShouldContain($"{key}File");
        fault.Allowed.ShouldBe("one of the two");
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public void MissingFile_IsNamedWithItsPath(string key)
    {
        var fault = new SampleSettings().With(key, null).With($"{key}File", "/run/absent").Fault();

        fault.Key.ShouldBe($"{key}File");
        fault.Found.ShouldBe("'/run/absent', which is not there");
    }

    [Theory]
    [MemberData(nameof(Secrets))]
    public void EmptyFile_IsNamedWithItsPath(string key)
    {
        var settings = new SampleSettings()
            .With(key, null)
            .With($"{key}File", "/run/empty")
            .WithFile("/run/empty", " \n");

        settings.Fault().Found.ShouldBe("'/run/empty', which is empty");
    }

    [Fact]
    public void UnreadableFile_IsNamedWithItsPath()
    {
        var settings = new SampleSettings()
            .With("RuangKerja:ClientSecret", null)
            .With("RuangKerja:ClientSecretFile", "/f");
        var reader = new ConfigurationReader(settings.Configuration(), _ => throw new UnauthorizedAccessException());

        Should
            .Throw<ConfigurationException>(() => reader.Read(SampleSettings.Now))
            .Faults.ShouldHaveSingleItem()
            .Found.ShouldBe("'/f', which may not be read");
    }

    [Theory]
    [InlineData("Storage:ConnectionString", "Password=hush-hush")]
    [InlineData("Storage:ConnectionString", "postgres://user:hush-hush@db/x")]
    [InlineData("Storage:ConnectionString", "Host=db;Passwort=hush-hush")]
    [InlineData("Storage:ConnectionString", "Host=db;Port=hush-hush")]
    [InlineData("Relay:RabbitMqUri", "http://user:hush-hush@broker")]
    [InlineData("Relay:RabbitMqUri", "amqp://:hush-hush@broker")]
    [InlineData("Relay:RabbitMqUri", "amqp://user:hush-hush@")]
    [InlineData("Relay:RabbitMqUri", "amqp://user:hush-hush@broker/?heartbeat=1")]
    [InlineData("Relay:RabbitMqUri", "hush-hush")]
    [InlineData("RuangKerja:BaseUrl", "https://user:hush-hush@api.example")]
    [InlineData("Storage:ConectionString", "Host=db;Password=hush-hush")]
    [InlineData("RuangKerja:ClientSecrets", "hush-hush")]
    [InlineData("Http:ApiKeys", "hush-hush")]
    public void FaultySecret_IsNotShown(string key, string value)
    {
        var fault = new SampleSettings().With(key, value).Fault();

        fault.Key.ShouldBe(key);
        fault.ToString().ShouldNotContain("hush", Case.Insensitive);
    }
}
