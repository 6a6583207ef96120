using System.Text.Json;
using RuangKerja.Events.IntegrationTests.LocalServers;
using RuangKerja.Simulator;

namespace RuangKerja.Events.IntegrationTests.Service;

public sealed class When_one_poll_is_asked_for(Servers servers)
{
    private const string WrongSecret = "not-the-secret";

    [Fact]
    public async Task Should_exit_with_5_and_say_why_when_too_many_rows_cannot_be_accepted()
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { TransitionsPerMinute = 0 });
        simulator.Faults.AddFeedRow("""{"employeeID":"ID-9","status":"asleep"}""");
        var settings = new Dictionary<string, string>
        {
            ["Storage:ConnectionString"] = await servers.CreateDatabaseAsync(),
            ["RuangKerja:BaseUrl"] = simulator.BaseAddress.ToString(),
            ["RuangKerja:ClientId"] = "simulator",
            ["RuangKerja:ClientSecret"] = "simulator-secret",
            ["Polling:Feed:MaxWindow"] = "31.00:00:00",
            ["Detection:QuarantineLimit"] = "0",
        };
        (await ServiceProcess.RunAsync(settings, "db", "apply")).Code.ShouldBe(0);

        var (code, output, error) = await ServiceProcess.RunAsync(settings, "poll", "once", "--output", "json");

        code.ShouldBe(5, error);
        var result = JsonDocument.Parse(output).RootElement.EnumerateArray().ShouldHaveSingleItem();
        result.GetProperty("held").GetBoolean().ShouldBeTrue();
        error.ShouldContain($"default: 1 of {result.GetProperty("rows")} rows cannot be accepted");
        error.ShouldContain("the watermark stands still");
        error.ShouldContain("'ruangkerja-events quarantine list'");
    }

    [Fact]
    public async Task Should_exit_with_3_when_the_credentials_are_wrong_and_print_the_result_when_they_are_right()
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions { TransitionsPerMinute = 0 });
        var database = await servers.CreateDatabaseAsync();
        var settings = new Dictionary<string, string>
        {
            ["Storage:ConnectionString"] = database,
            ["RuangKerja:BaseUrl"] = simulator.BaseAddress.ToString(),
            ["RuangKerja:ClientId"] = "simulator",
            ["RuangKerja:ClientSecret"] = WrongSecret,
            ["Polling:Feed:MaxWindow"] = "31.00:00:00",
        };
        (await ServiceProcess.RunAsync(settings, "db", "apply")).Code.ShouldBe(0);

        var (code, _, error) = await ServiceProcess.RunAsync(settings, "poll", "once");
        code.ShouldBe(3);
        error.ShouldContain("Check the company's ClientId and ClientSecret");
        error.ShouldNotContain(WrongSecret);
        error.ShouldNotContain("   at ");

        settings["RuangKerja:ClientSecret"] = "simulator-secret";
        var right = await ServiceProcess.RunAsync(settings, "poll", "once", "--output", "json");
        right.Code.ShouldBe(0, right.Error);
        var result = JsonDocument.Parse(right.Out).RootElement.EnumerateArray().ShouldHaveSingleItem();
        var events = result.GetProperty("events").GetInt64();
        events.ShouldBeGreaterThan(0);
        (await Talk.QueryAsync<long>(database, "select count(*) from ruangkerja.mt_events")).ShouldBe(events);
    }
}
