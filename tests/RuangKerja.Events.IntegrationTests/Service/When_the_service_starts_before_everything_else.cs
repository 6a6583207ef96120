using System.Net;
using System.Text.Json;
using RuangKerja.LocalServers;
using RuangKerja.Simulator;

namespace RuangKerja.Events.IntegrationTests.Service;

/// <summary>The API, the database and the broker are all away at first. Their addresses are known: they were there before.</summary>
public sealed class When_the_service_starts_before_everything_else
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AfterItsWaits = TimeSpan.FromSeconds(45);

    [Fact]
    public async Task Should_live_say_what_is_missing_get_ready_when_it_comes_and_stop_when_asked()
    {
        await using var servers = await LocalServerSet.StartAsync();
        await Task.WhenAll(servers.Postgres.StopAsync(), servers.RabbitMq.StopAsync());
        var api = await FreeAddressAsync();
        var settings = new Dictionary<string, string>
        {
            ["Storage:ConnectionString"] = servers.Postgres.ConnectionString,
            ["Relay:RabbitMqUri"] = servers.RabbitMq.AmqpUri.ToString(),
            ["RuangKerja:BaseUrl"] = api,
            ["RuangKerja:ClientId"] = "simulator",
            ["RuangKerja:ClientSecret"] = "simulator-secret",
            ["Polling:Feed:Interval"] = "00:00:01",
            ["Http:Urls"] = "http://127.0.0.1:0",
        };
        await using var service = ServiceProcess.Start(settings);
        using var http = new HttpClient { BaseAddress = await service.WaitForAddressAsync() };

        (await http.GetAsync("health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Wait.Until(async () => (await ReasonsAsync(http)).Length == 9, Soon, "each part says what is missing");
        (await http.GetAsync("health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await AskAsync("--live")).Code.ShouldBe(0, "nothing that is missing is mended by a restart");
        (await AskAsync()).Code.ShouldBe(10);
        (await ReasonsAsync(http)).ShouldContain(reason => reason.Contains("PostgreSQL cannot be reached"));

        await Task.WhenAll(servers.Postgres.StartAgainAsync(), servers.RabbitMq.StartAgainAsync());
        (await ServiceProcess.RunAsync(settings, "db", "apply")).Code.ShouldBe(0);
        await using var simulator = await SimulatorHost.StartAsync(url: api);
        await Wait.Until(
            async () => (await http.GetAsync("health/ready")).IsSuccessStatusCode,
            AfterItsWaits,
            "the service is ready"
        );
        var status = await AskAsync();
        status.Code.ShouldBe(0, status.Error);

        service.SendTerminate();
        (await service.WaitForExitAsync(TimeSpan.FromSeconds(10))).ShouldBe(0, service.Error);
        service.Out.ShouldMatch(@"ruangkerja-events \d+\.\d+\.\d+\S* starts");
        service.Out.ShouldContain($"Broker amqp://{servers.RabbitMq.AmqpUri.Host}:{servers.RabbitMq.AmqpUri.Port},");
        service.Out.ShouldContain("Stopping, as asked");
        service.Out.TrimEnd().ShouldEndWith("Stopped");
        AssertNoSecrets(service, settings);

        Task<(int Code, string Out, string Error)> AskAsync(params string[] more) =>
            ServiceProcess.RunAsync(settings, ["status", "--url", $"{http.BaseAddress}", .. more]);
    }

    /// <summary>An address that was free a moment ago.</summary>
    private static async Task<string> FreeAddressAsync()
    {
        await using var simulator = await SimulatorHost.StartAsync();
        return simulator.BaseAddress.ToString();
    }

    /// <summary>Why it is not ready.</summary>
    private static async Task<string[]> ReasonsAsync(HttpClient http)
    {
        var answer = JsonDocument.Parse(await (await http.GetAsync("health/ready")).Content.ReadAsStringAsync());
        var parts = answer.RootElement.GetProperty("companies")[0].GetProperty("parts").EnumerateArray();
        return [.. parts.Select(part => part.GetProperty("reason").GetString()).OfType<string>()];
    }

    private static void AssertNoSecrets(ServiceProcess service, Dictionary<string, string> settings)
    {
        var password = new Npgsql.NpgsqlConnectionStringBuilder(settings["Storage:ConnectionString"]).Password!;
        var brokerPassword = new Uri(settings["Relay:RabbitMqUri"]).UserInfo.Split(':')[1];
        foreach (var secret in new[] { password, brokerPassword, "simulator-secret" })
            (service.Out + service.Error).ShouldNotContain(secret);
    }
}
