using RuangKerja.Events.Api;
using RuangKerja.Events.Polling;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Service.Configuration;
using RuangKerja.Events.Service.Http;
using RuangKerja.Events.Storage;
using RuangKerja.LocalServers;
using RuangKerja.Simulator;
using Company = RuangKerja.Events.Courses.Company;

namespace RuangKerja.Events.Service.Commands.Demo;

/// <summary>The service of a demo: the whole of it, with the simulated API as its only company.</summary>
internal static class DemoService
{
    /// <summary>Makes the tables and starts it; says where it can be looked at.</summary>
    public static async Task<WebApplication> StartAsync(
        LocalServerSet servers,
        SimulatorHost simulator,
        Action<string, string> show,
        CancellationToken cancellationToken
    )
    {
        var pipeline = Pipeline(servers, simulator);
        await using (var database = new Database(pipeline.Storage))
            await new DatabaseSchema(database).ApplyAsync(cancellationToken);

        var quiet = new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("Logging:LogLevel:Default", "Warning"),
                new("Logging:LogLevel:MassTransit", "None"),
            ])
            .Build();
        var http = new HttpOptions { Urls = [new Uri("http://127.0.0.1:0")] };
        var service = ServiceHost.Build(new ServiceOptions(pipeline, http, Warnings: []), quiet);
        await service.StartAsync(cancellationToken);
        var url = service.Urls.First();
        show("service", $"runs; its health is at {url}/health/ready");
        show(
            "service",
            $"what it stores is at {url}/api/events and {url}/api/assignments, the rest at {url}/api/openapi.json"
        );
        return service;
    }

    private static PipelineOptions Pipeline(LocalServerSet servers, SimulatorHost simulator)
    {
        var upstream = simulator.Options.Companies[0];
        var api = new ApiOptions
        {
            BaseUrl = simulator.BaseAddress,
            Credentials = new ApiCredentials(upstream.ClientId, upstream.ClientSecret),
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Jakarta"),
        };
        return new PipelineOptions
        {
            Companies = [new CompanyOptions(Company.Default, api)],
            // The simulator shows a change at once, so nothing need be waited for: a change arrives within two seconds.
            Polling = new PollingOptions
            {
                Feed = new FeedPollingOptions { Interval = TimeSpan.FromSeconds(1), SafetyLag = TimeSpan.Zero },
            },
            Storage = new StorageOptions
            {
                ConnectionString = servers.Postgres.ConnectionString,
                Engine = StorageEngines.Default,
            },
            Relay = new RelayOptions { RabbitMqUri = servers.RabbitMq.AmqpUri },
            // So that the samples can ask for what they miss.
            Replay = new ReplayOptions { AllowedQueues = DemoSamples.Queues },
        };
    }
}
