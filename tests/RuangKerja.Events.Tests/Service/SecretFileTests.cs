using Microsoft.Extensions.Logging.Abstractions;

namespace RuangKerja.Events.Tests.Service;

/// <summary>Secrets are read anew from their files, by what the configuration says of them.</summary>
public sealed class SecretFileTests
{
    private const string Path = "/run/secret";
    private readonly SampleSettings _settings = new();

    [Fact]
    public void ChangedPassword_IsTaken() =>
        BrokerAfter("amqp://user:old@broker/v", "amqp://other:new@broker/v\n").ShouldBe("amqp://other:new@broker/v");

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("amqp://user:new@elsewhere/v")]
    [InlineData("amqp://user:new@broker/w")]
    [InlineData("amqps://user:new@broker/v")]
    [InlineData("rubbish")]
    public void ContentThatCannotBeTaken_LeavesWhatWasGood(string content) =>
        BrokerAfter("amqp://user:old@broker/v", content).ShouldBe("amqp://user:old@broker/v");

    [Fact]
    public void FileThatIsGone_LeavesWhatWasGood()
    {
        var present = true;
        var file = new SecretFile(
            "Key",
            Path,
            "start",
            _ => present ? "changed" : throw new FileNotFoundException(),
            whatIsWrong: _ => null
        );
        file.Read(NullLogger.Instance).ShouldBe("changed");

        present = false;

        file.Read(NullLogger.Instance).ShouldBe("changed");
        file.ToString().ShouldNotContain("changed");
    }

    [Theory]
    [InlineData("Host=db;Username=user;Password=new", "new")]
    [InlineData("Host=other;Username=user;Password=new", "old")]
    [InlineData("Host=db;Username=other;Password=new", "old")]
    [InlineData("Passwort=new", "old")]
    public void ConnectionString_ChangesInItsPasswordOnly(string content, string taken)
    {
        var storage = FromFile("Storage:ConnectionString", "Host=db;Username=user;Password=old").Pipeline.Storage;
        _settings.WithFile(Path, content);

        storage.ConnectionStringFile!.Read(NullLogger.Instance).ShouldEndWith($"Password={taken}");
    }

    [Fact]
    public void ClientSecret_IsReadAnewForTheNextToken()
    {
        var credentials = FromFile("RuangKerja:ClientSecret", "old").Pipeline.Companies[0].Api.Credentials;
        _settings.WithFile(Path, "new");

        credentials.Current(NullLogger.Instance).ClientSecret.ShouldBe("new");
        $"{credentials}".ShouldNotContain("old");
    }

    private string BrokerAfter(string before, string now)
    {
        var relay = FromFile("Relay:RabbitMqUri", before).Pipeline.Relay;
        _settings.WithFile(Path, now);
        return relay.RabbitMqUriFile!.Read(NullLogger.Instance);
    }

    private Events.Service.Configuration.ServiceOptions FromFile(string key, string content) =>
        _settings.With(key, null).With($"{key}File", Path).WithFile(Path, content).Read();
}
