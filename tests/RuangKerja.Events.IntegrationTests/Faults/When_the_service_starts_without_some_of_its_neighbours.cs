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

    // Who is away, in the order in which they come.
    private static readonly Neighbour[][] Absent =
    [
        [],
        [Neighbour.Database],
        [Neighbour.Api],
        [Neighbour.Broker],
        [Neighbour.Database, Neighbour.Api],
        [Neighbour.Broker, Neighbour.Database],
        [Neighbour.Broker, Neighbour.Api],
        [Neighbour.Database, Neighbour.Api, Neighbour.Broker],
        [Neighbour.Broker, Neighbour.Api, Neighbour.Database],
    ];

    private enum Neighbour
    {
        Database,
        Api,
        Broker,
    }

    [Fact]
    public async Task F42_P1_Should_live_and_get_ready_when_the_last_has_come()
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { Alive = false });
        var broker = await servers.CreateVirtualHostAsync();

        // Each without another set of neighbours, all at once: most of it is waiting.
        await Task.WhenAll(Absent.Select(absent => StartAsync(simulator, broker, absent)));
    }

    private async Task StartAsync(SimulatorHost simulator, Uri broker, Neighbour[] absent)
    {
        var name = $"without [{string.Join(", ", absent)}]";
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
        // The way to each, and the words by which health names it.
        var ways = new Dictionary<Neighbour, (ChaosProxy Proxy, string Named)>
        {
            [Neighbour.Database] = (toDatabase, "Storage:ConnectionString"),
            [Neighbour.Api] = (toApi, $"127.0.0.1:{toApi.Port}"),
            [Neighbour.Broker] = (toBroker, "Relay:RabbitMqUri"),
        };
        foreach (var neighbour in absent)
            ways[neighbour].Proxy.Refuses = true;

        await using var service = ServiceProcess.Start(settings, "run");
        using var http = new HttpClient { BaseAddress = await service.WaitForAddressAsync() };
        foreach (var (neighbour, i) in absent.Select((neighbour, i) => (neighbour, i)))
        {
            var (proxy, named) = ways[neighbour];
            // The API is not asked before the database has told what to ask.
            if (neighbour != Neighbour.Api || !absent.Skip(i).Contains(Neighbour.Database))
            {
                await Wait.Until(
                    async () => (await ReadReasonsAsync(http)).Any(reason => reason.Contains(named)),
                    Patience,
                    $"{name}: health names {named}"
                );
            }

            (await http.GetAsync("health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await http.GetAsync("health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            proxy.Heal();
        }

        await Wait.Until(
            async () => (await http.GetAsync("health/ready")).IsSuccessStatusCode,
            Patience,
            $"{name}: the service is ready"
        );
        (await http.GetAsync("health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Why it is not ready, and what to do.</summary>
    private static async Task<string[]> ReadReasonsAsync(HttpClient http)
    {
        using var answer = JsonDocument.Parse(await (await http.GetAsync("health/ready")).Content.ReadAsStringAsync());
        var parts = answer.RootElement.GetProperty("companies")[0].GetProperty("parts").EnumerateArray();
        return [.. parts.Select(part => $"{part.GetProperty("reason")} {part.GetProperty("hint")}")];
    }
}
