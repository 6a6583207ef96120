using System.Text.Json;
using RuangKerja.Events.Courses;
using RuangKerja.Events.IntegrationTests.LocalServers;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Faults;
using RuangKerja.Simulator.People;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Events.IntegrationTests.Service;

/// <summary>The command as an operator meets it, with no service beside it.</summary>
public sealed class When_a_backfill_is_asked_for(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_store_the_past_as_baseline_and_say_when_that_was_done_before()
    {
        await using var simulator = await StartSimulatorAsync();
        var settings = await PrepareAsync(simulator);
        var command = Command();

        var first = await ServiceProcess.RunAsync(settings, command);

        first.Code.ShouldBe(0, first.Error);
        first.Error.ShouldContain("default: read up to ");
        first.Error.ShouldContain("(100 %)");
        var result = ResultOf(first.Out);
        result.GetProperty("end").GetString().ShouldBe("done");
        result.GetProperty("events").GetInt64().ShouldBe(600);
        result.GetProperty("baseline").GetInt64().ShouldBe(600);
        result.GetProperty("queued").GetInt64().ShouldBe(0);
        result.GetProperty("rejected").GetInt64().ShouldBe(0);
        result.GetProperty("readUpTo").GetDateTimeOffset().ShouldBe(result.GetProperty("to").GetDateTimeOffset());

        var asked = FeedRequests(simulator);
        var again = await ServiceProcess.RunAsync(settings, command);

        again.Code.ShouldBe(0, again.Error);
        ResultOf(again.Out).GetProperty("end").GetString().ShouldBe("alreadyDone");
        again.Error.ShouldContain("To read it again, say --restart.");
        FeedRequests(simulator).ShouldBe(asked);

        var restarted = await ServiceProcess.RunAsync(settings, [.. command, "--restart"]);

        restarted.Code.ShouldBe(0, restarted.Error);
        ResultOf(restarted.Out).GetProperty("events").GetInt64().ShouldBe(0);
        FeedRequests(simulator).ShouldBe(2 * asked);
    }

    [Fact]
    public async Task Should_queue_what_happened_since_the_company_was_first_read()
    {
        await using var simulator = await StartSimulatorAsync();
        var settings = await PrepareAsync(simulator);
        (await ServiceProcess.RunAsync(settings, Command())).Code.ShouldBe(0);

        // The API dates by whole seconds: what happens within the second of the first start is past.
        var next = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1);
        await Wait.Until(() => TimeProvider.System.GetUtcNow() >= next, TimeSpan.FromSeconds(30), "the next second");
        simulator.Transition(UpstreamStatus.Completed);
        var news = await ServiceProcess.RunAsync(settings, Command());

        news.Code.ShouldBe(0, news.Error);
        ResultOf(news.Out).GetProperty("queued").GetInt64().ShouldBe(1);
        var waiting = await Talk.QueryAsync<long>(
            settings["Storage:ConnectionString"],
            "select count(*) from ruangkerja.outbox where state = 'pending'"
        );
        waiting.ShouldBe(1);
    }

    [Fact]
    public async Task Should_wait_for_the_api_and_stop_when_asked_to_saying_how_to_go_on()
    {
        await using var simulator = await StartSimulatorAsync();
        var settings = await PrepareAsync(simulator);
        simulator.Faults.Answer(
            new AnswerFault
            {
                Endpoint = UpstreamEndpoint.Feed,
                Status = 429,
                RetryAfter = "600",
                Count = int.MaxValue,
            }
        );

        await using var process = ServiceProcess.Start(settings, Command());
        await Wait.Until(() => process.Error.Contains("default: waits 00:10:00 at "), Patience, "word of the wait");
        process.SendTerminate();

        (await process.WaitForExitAsync(Patience)).ShouldBe(130, process.Error);
        process.Error.ShouldContain("interrupted. It stands at ");
        process.Error.ShouldContain("the same command (without --restart) goes on from there.");
        ResultOf(process.Out).GetProperty("end").GetString().ShouldBe("interrupted");
    }

    [Fact]
    public async Task Should_end_by_the_kind_of_failure_and_go_on_once_that_is_put_right()
    {
        await using var simulator = await StartSimulatorAsync();
        var settings = await PrepareAsync(simulator);
        simulator.Faults.RevokeCredentials();
        var command = Command();

        var refused = await ServiceProcess.RunAsync(settings, command);
        refused.Code.ShouldBe(3, refused.Error);
        refused.Error.ShouldContain("Check the company's ClientId and ClientSecret");
        refused.Error.ShouldContain("goes on from there.");
        refused.Error.ShouldNotContain("   at ");
        ResultOf(refused.Out).GetProperty("end").GetString().ShouldBe("failed");

        simulator.Faults.RestoreCredentials();
        simulator.Faults.AddFeedRow("""{"employeeID":"ID-9","status":"asleep"}""");
        var held = await ServiceProcess.RunAsync(settings, [.. command, "--set", "Detection:QuarantineLimit=0"]);
        held.Code.ShouldBe(5, held.Error);
        held.Error.ShouldContain("default: 1 of ");
        held.Error.ShouldContain("add --set Detection:QuarantineLimit=1");
        ResultOf(held.Out).GetProperty("end").GetString().ShouldBe("held");

        var passed = await ServiceProcess.RunAsync(settings, command);
        passed.Code.ShouldBe(0, passed.Error);
        ResultOf(passed.Out).GetProperty("end").GetString().ShouldBe("done");
    }

    [Fact]
    public async Task Should_end_with_6_when_no_database_is_there_at_the_start()
    {
        await using var simulator = await StartSimulatorAsync();
        var settings = await PrepareAsync(simulator);
        // Port 9 (discard) is served nowhere by default.
        settings["Storage:ConnectionString"] = "Host=127.0.0.1;Port=9;Database=none;Username=nobody;Password=none";

        var (code, output, error) = await ServiceProcess.RunAsync(settings, Command());

        code.ShouldBe(6, error);
        error.ShouldContain("PostgreSQL cannot be reached");
        output.ShouldBeEmpty();
    }

    private static Task<SimulatorHost> StartSimulatorAsync() =>
        SimulatorHost.StartAsync(new SimulatorOptions { TransitionsPerMinute = 0 });

    private async Task<Dictionary<string, string>> PrepareAsync(SimulatorHost simulator)
    {
        var settings = new Dictionary<string, string>
        {
            ["Storage:ConnectionString"] = await servers.CreateDatabaseAsync(),
            ["RuangKerja:BaseUrl"] = simulator.BaseAddress.ToString(),
            ["RuangKerja:ClientId"] = "simulator",
            ["RuangKerja:ClientSecret"] = "simulator-secret",
            ["Polling:Feed:MaxWindow"] = "7.00:00:00",
        };
        (await ServiceProcess.RunAsync(settings, "db", "apply")).Code.ShouldBe(0);
        return settings;
    }

    private static string[] Command()
    {
        var now = TimeProvider.System.GetUtcNow();
        return ["backfill", "--from", Text(now.AddDays(-31)), "--to", Text(now), "--output", "json"];
    }

    private static string Text(DateTimeOffset instant) => Rfc3339.Format(instant, TimeZoneInfo.Utc);

    private static long FeedRequests(SimulatorHost simulator) => simulator.Requests.Count(UpstreamEndpoint.Feed);

    private static JsonElement ResultOf(string output) =>
        JsonDocument.Parse(output).RootElement.EnumerateArray().ShouldHaveSingleItem();
}
