using RuangKerja.Simulator;

namespace RuangKerja.Events.IntegrationTests.Service;

public sealed class When_the_configuration_is_invalid
{
    [Fact]
    public async Task Should_list_every_fault_and_exit_with_2()
    {
        var settings = new Dictionary<string, string>
        {
            ["Polling:Feed:Interval"] = "30",
            ["Relay:RabbitMqUri"] = "http://user:hush-hush@broker",
            ["Storage:ConnectionStringFile"] = "/nowhere/at/all",
            ["Detection:Basline"] = "Store",
        };

        var (code, output, error) = await ServiceProcess.RunAsync(settings, "run");

        code.ShouldBe(2);
        error.ShouldContain("The configuration has 6 faults:");
        error.ShouldContain("Polling:Feed:Interval: found '30'");
        error.ShouldContain("Relay:RabbitMqUri: found a secret");
        error.ShouldContain("Storage:ConnectionStringFile: found '/nowhere/at/all', which is not there");
        error.ShouldContain("did you mean Detection:Baseline?");
        error.ShouldContain("RuangKerja:ClientId: found nothing");
        error.ShouldContain("RuangKerja:ClientSecret: found nothing");
        error.ShouldNotContain("hush-hush");
        error.ShouldNotContain("   at ");
        output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_exit_with_2_when_its_address_is_taken()
    {
        await using var other = await SimulatorHost.StartAsync();
        var settings = new Dictionary<string, string>
        {
            ["Storage:ConnectionString"] = "Host=127.0.0.1;Port=1;Username=nobody",
            ["Relay:RabbitMqUri"] = "amqp://nobody:nothing@127.0.0.1:1",
            ["RuangKerja:BaseUrl"] = "http://127.0.0.1:1",
            ["RuangKerja:ClientId"] = "nobody",
            ["RuangKerja:ClientSecret"] = "nothing",
            ["Http:Urls"] = other.BaseAddress.ToString(),
        };

        var (code, output, error) = await ServiceProcess.RunAsync(settings, "run");

        code.ShouldBe(2);
        error.ShouldContain($"Http:Urls: found 'http://{other.BaseAddress.Authority}', which is in use");
        (output + error).ShouldNotContain("   at ");
    }
}
