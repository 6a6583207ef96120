using System.Xml.Linq;
using Microsoft.Extensions.Configuration;
using Npgsql;
using RuangKerja.Events.Service;
using RuangKerja.Events.Service.Configuration;
using RuangKerja.Events.Service.Http.Access;

namespace RuangKerja.Events.Tests.Deploy;

public sealed class ComposeTests
{
    private static readonly ComposeService Events = ComposeFile.Services["events"];

    private static readonly IEnumerable<ComposeService> Ours = ComposeFile.Services.Values.Where(s => s.IsOurs);

    private static ConfigurationReader ReaderOf(ComposeService service)
    {
        var settings = service.Environment.ToDictionary(
            pair => pair.Key.Replace("__", ":"),
            pair => (string?)ComposeFile.Substitute(pair.Value)
        );
        return new ConfigurationReader(
            new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
            File.ReadAllText
        );
    }

    private static Dictionary<string, string> ArgumentsOf(ComposeService service) =>
        service
            .Command.Skip(1)
            .Select(argument => ComposeFile.Substitute(argument).Split('=', 2))
            .ToDictionary(parts => parts[0], parts => parts[1]);

    private static ServiceOptions OptionsOfEvents() => ReaderOf(Events).Read(TimeProvider.System.GetUtcNow());

    [Fact]
    public void Services_AreTheOnesTheServiceNeeds() =>
        ComposeFile.Services.Keys.ShouldBe(
            ["postgres", "rabbitmq", "simulator", "database", "events"],
            ignoreOrder: true
        );

    [Fact]
    public void Images_ArePinned()
    {
        foreach (var service in ComposeFile.Services.Values)
            service.Image.ShouldMatch(@"\A[a-z-]+:\d+\.\d+(\.\d+)?(-[a-z]+)?\z", service.Name);
        ComposeFile.Services["rabbitmq"].Image.ShouldEndWith("-management");
        var postgres = ComposeFile.Services["postgres"].Image.Split(':')[1];
        int.Parse(postgres.Split('.')[0]).ShouldBeGreaterThanOrEqualTo(15);
    }

    [Fact]
    public void OwnImage_IsOfThisVersionAndBuiltOnceFromOurDockerfile()
    {
        var version = XDocument.Parse(Repository.Read("Directory.Build.props")).Descendants("Version").Single().Value;

        Ours.Count().ShouldBe(3);
        Ours.ShouldAllBe(service => service.Image == $"ruangkerja-events:{version}");

        var builder = ComposeFile
            .Services.Values.Where(service => service.Yaml.ContainsKey("build"))
            .ShouldHaveSingleItem();
        Ours.ShouldContain(builder);
        Events.DependsOn.Keys.ShouldContain(builder.Name, "starting the service alone builds its image too");
        var build = ComposeService.Map(builder.Yaml, "build");
        build["context"].ShouldBe(".");
        build["dockerfile"].ShouldBe("deploy/Dockerfile");
        // The image is nowhere to be pulled from: the others take what was built.
        builder.Yaml["pull_policy"].ShouldBe("build");
        Ours.Where(service => service != builder)
            .ShouldAllBe(service => (string)service.Yaml["pull_policy"] == "never");
    }

    [Fact]
    public void Commands_AreCommandsOfTheExecutable()
    {
        foreach (var service in Ours)
        {
            service.Command.ShouldNotBeEmpty(service.Name);
            CommandLine.UsageFaults(service.Command.Select(ComposeFile.Substitute)).ShouldBeEmpty(service.Name);
        }
    }

    [Fact]
    public void Settings_AreKnownAndValid()
    {
        Ours.SelectMany(service => service.Environment.Keys).ShouldAllBe(name => Keys.IsKnown(name.Replace("__", ":")));

        OptionsOfEvents().Pipeline.Companies.Count.ShouldBe(1);
        ReaderOf(ComposeFile.Services["database"]).ReadStorage().ShouldBe(OptionsOfEvents().Pipeline.Storage);
    }

    [Fact]
    public void Addresses_AreThoseOfTheOtherServices()
    {
        var (pipeline, http) = (OptionsOfEvents().Pipeline, OptionsOfEvents().Http);
        var database = new NpgsqlConnectionStringBuilder(pipeline.Storage.ConnectionString);
        var postgres = ComposeFile.Services["postgres"].Environment;
        var rabbitMq = ComposeFile.Services["rabbitmq"].Environment;

        ComposeFile.Services.Keys.ShouldContain(database.Host!);
        database.Username.ShouldBe(postgres["POSTGRES_USER"]);
        database.Database.ShouldBe(postgres["POSTGRES_DB"]);
        database.Password.ShouldBe(ComposeFile.Substitute(postgres["POSTGRES_PASSWORD"]));
        ComposeFile.Services.Keys.ShouldContain(pipeline.Relay.RabbitMqUri.Host);
        pipeline.Relay.RabbitMqUri.UserInfo.ShouldBe(
            $"{rabbitMq["RABBITMQ_DEFAULT_USER"]}:{ComposeFile.Substitute(rabbitMq["RABBITMQ_DEFAULT_PASS"])}"
        );
        pipeline.Relay.RabbitMqUri.Port.ShouldBe(5672);
        database.Port.ShouldBe(5432);
        // The health check of the image is run with the same settings.
        ReaderOf(Events).ReadHttp().LocalUrl.ShouldBe(new Uri("http://127.0.0.1:8080/"));
        http.Urls.ShouldBe([new Uri("http://0.0.0.0:8080")], "from outside its container loopback is not reached");
    }

    [Fact]
    public void Simulator_AnswersWhereTheServiceAsks()
    {
        var simulator = ComposeFile.Services["simulator"];
        var arguments = ArgumentsOf(simulator);
        var api = OptionsOfEvents().Pipeline.Companies[0].Api;

        api.BaseUrl.Host.ShouldBe("simulator");
        api.BaseUrl.Port.ShouldBe(new Uri(arguments["--url"]).Port);
        api.Credentials.ClientId.ShouldBe(arguments["--client-id"]);
        api.Credentials.ClientSecret.ShouldBe(arguments["--client-secret"]);
        simulator.HealthCommand[^1].ShouldEndWith($"/{api.BaseUrl.Port}");
    }

    [Fact]
    public void Ports_ArePublishedOnLoopbackOnlyAndOfOursThatOfTheApiWhichNeedsAKey()
    {
        Ours.SelectMany(service => service.Ports).ShouldBe(["127.0.0.1:8080:8080"]);
        Events.Ports.ShouldNotBeEmpty();
        OptionsOfEvents().Http.ApiKeys.ShouldHaveSingleItem().Role.ShouldBe(ApiRole.Operator);
        ComposeFile
            .Services.Values.SelectMany(service => service.Ports)
            .ShouldAllBe(port => port.StartsWith("127.0.0.1:"));
    }

    [Fact]
    public void HealthChecks_AreOnEachServiceAndCallWhatItsImageHas()
    {
        string[] known = ["pg_isready", "rabbitmq-diagnostics", "bash"];
        foreach (var service in ComposeFile.Services.Values)
        {
            if (service.Command is ["db", "apply"])
            {
                service.HealthCheck["disable"].ShouldBe("true");
                continue;
            }

            service.HealthCommand[0].ShouldBe("CMD", service.Name);
            if (service.HealthCommand[1] == $"/app/{typeof(ExitCode).Assembly.GetName().Name}")
            {
                CommandLine.UsageFaults(service.HealthCommand.Skip(2)).ShouldBeEmpty();
                service
                    .HealthCommand.Skip(2)
                    .ToArray()
                    .ShouldBe(["status", "--live"], "what is not ready is not to be restarted");
            }
            else
                known.ShouldContain(service.HealthCommand[1]);
        }
    }

    [Fact]
    public void Dependencies_WaitForWhatCanCome()
    {
        Events.DependsOn.Keys.ShouldBe(["database", "rabbitmq", "simulator"], ignoreOrder: true);
        foreach (var (name, condition) in ComposeFile.Services.Values.SelectMany(service => service.DependsOn))
        {
            var endsByItself = ComposeFile.Services[name].Command is ["db", "apply"];
            condition.ShouldBe(endsByItself ? "service_completed_successfully" : "service_healthy", name);
        }
    }

    [Fact]
    public void Volumes_AreDeclared()
    {
        var used = ComposeFile
            .Services.Values.SelectMany(service =>
                service.Yaml.TryGetValue("volumes", out var volumes) ? (List<object>)volumes : []
            )
            .Select(volume => ((string)volume).Split(':')[0]);

        used.ShouldBe(ComposeService.Map(ComposeFile.Root, "volumes").Keys.Cast<string>(), ignoreOrder: true);
    }

    [Fact]
    public void Secrets_ComeFromRequiredVariablesOnly()
    {
        var pipeline = OptionsOfEvents().Pipeline;
        string[] words = ["PASS", "SECRET", "KEY", "TOKEN"];
        List<string> secrets =
        [
            .. ComposeFile
                .Services.Values.SelectMany(service => service.Environment)
                .Where(pair => !pair.Key.EndsWith("__Role"))
                .Where(pair => words.Any(word => pair.Key.Contains(word, StringComparison.OrdinalIgnoreCase)))
                .Select(pair => ComposeFile.Substitute(pair.Value)),
            new NpgsqlConnectionStringBuilder(pipeline.Storage.ConnectionString).Password!,
            pipeline.Relay.RabbitMqUri.UserInfo.Split(':')[1],
            ArgumentsOf(ComposeFile.Services["simulator"])["--client-secret"],
        ];

        secrets.Count.ShouldBe(7);
        secrets.ShouldAllBe(secret => ComposeFile.Variables.Contains(secret));
        ComposeFile.Substitute(ComposeFile.Text).ShouldNotContain("$");
    }

    [Fact]
    public void Variables_AreInTheExampleAndEmptyThere()
    {
        var example = Repository.Read(".env.example").Split('\n').Where(line => line.Contains('=')).ToList();

        example.Select(line => line.Split('=')[0]).ShouldBe(ComposeFile.Variables, ignoreOrder: true);
        example.ShouldAllBe(line => line.EndsWith('='));
        Repository.Read(".gitignore").Split('\n').ShouldContain(".env");
    }
}
