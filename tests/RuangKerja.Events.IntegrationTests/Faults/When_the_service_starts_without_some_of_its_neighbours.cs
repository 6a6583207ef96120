using System.Net;
using System.Text.Json;
using Npgsql;
using RuangKerja.Events.IntegrationTests.EndToEnd;
using RuangKerja.Events.IntegrationTests.Service;
using RuangKerja.Simulator;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>Any of the API, the database and the broker is away at the start, and they come one after the other.</summary>
public sealed class When_the_service_starts_without_some_of_its_neighbours(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task F42_P1_Should_live_and_get_ready_when_the_last_has_come()
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { Alive = false });
        var broker = await servers.CreateVirtualHostAsync();

        // Each without another set of neighbours, all at once: most of it is waiting.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(absent => StartAsync(simulator, broker, absent)));
    }

    /// <param name="absent">A bit for each that is away: 1 the database, 2 the API, 4 the broker.</param>
    private async Task StartAsync(SimulatorHost simulator, Uri broker, int absent)
    {
        await using var deployment = await Deployment.PrepareAsync(await servers.CreateDatabaseAsync(), broker);
        var database = new NpgsqlConnectionStringBuilder(deployment.ConnectionString);
        await using var toApi = ChaosProxy.Before("127.0.0.1", simulator.BaseAddress.Port);
        await using var toDatabase = ChaosProxy.Before(database.Host!, database.Port);
        await using var toBroker = ChaosProxy.Before(broker.Host, broker.Port);
        (database.Host, database.Port) = ("127.0.0.1", toDatabase.Port);
        var settings = new Dictionary<string, string>(deployment.Settings)
        {
            ["RuangKerja:BaseUrl"] = $"http://127.0.0.1:{toApi.Port}/",
            ["Storage:ConnectionString"] = database.ConnectionString,
            ["Relay:RabbitMqUri"] = $"{new UriBuilder(broker) { Host = "127.0.0.1", Port = toBroker.Port }.Uri}",
            ["Polling:Roster:Enabled"] = "false",
        };
        // In this order: the API is not asked for before the database has told what to ask.
        ChaosProxy[] all = [toDatabase, toApi, toBroker];
        var away = all.Where((_, bit) => (absent & (1 << bit)) != 0).ToList();
        foreach (var neighbour in away)
            neighbour.Refuses = true;

        await using var service = ServiceProcess.Start(settings, "run");
        using var http = new HttpClient { BaseAddress = await service.WaitForAddressAsync() };
        foreach (var neighbour in away)
        {
            await Wait.Until(() => neighbour.Accepted > 0, Patience, $"{absent}: who is away is asked for");
            await Wait.Until(async () => (await ReadReasonsAsync(http)).Length > 0, Patience, $"{absent}: it says why");
            (await http.GetAsync("health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await http.GetAsync("health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            neighbour.Heal();
        }

        await Wait.Until(
            async () => (await http.GetAsync("health/ready")).IsSuccessStatusCode,
            Patience,
            $"{absent}: the service is ready"
        );
        (await http.GetAsync("health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Why it is not ready.</summary>
    private static async Task<string[]> ReadReasonsAsync(HttpClient http)
    {
        using var answer = JsonDocument.Parse(await (await http.GetAsync("health/ready")).Content.ReadAsStringAsync());
        var parts = answer.RootElement.GetProperty("companies")[0].GetProperty("parts").EnumerateArray();
        return [.. parts.Select(part => part.GetProperty("reason").GetString()).OfType<string>()];
    }
}
