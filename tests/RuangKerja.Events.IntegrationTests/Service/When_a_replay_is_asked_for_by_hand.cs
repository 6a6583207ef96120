using System.Text.Json;
using RuangKerja.Events.IntegrationTests.EndToEnd;
using RuangKerja.Events.IntegrationTests.Replay.Requests;
using RuangKerja.Events.Replay;
using RuangKerja.Simulator;

namespace RuangKerja.Events.IntegrationTests.Service;

/// <summary>The commands about the past as an operator meets them, with a service beside them.</summary>
public sealed class When_a_replay_is_asked_for_by_hand(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly SimulatorOptions Few = new() { Employees = 20, Courses = 4 };
    private static readonly string[] Json = ["--output", "json"];

    [Fact]
    public async Task Should_tell_what_it_would_come_to_do_it_and_look_on()
    {
        await using var deployment = await PrepareAsync();
        await deployment.StartPipelineAsync();
        await deployment.WaitForBootstrapAsync();
        await using var subscriber = await AmqpSubscriber.StartAsync(deployment.Broker);
        string[] start =
        [
            "replay",
            "start",
            "--queue",
            subscriber.Queue,
            "--baseline",
            "--status",
            "completed",
            .. Json,
        ];
        var completed = await CountAsync(deployment, "data ->> 'status' = 'completed'");

        var dry = await RunAsync(deployment, [.. start, "--dry-run"]);
        dry.Code.ShouldBe(0, dry.Error);
        ResultOf(dry.Out).GetProperty("count").GetInt64().ShouldBe(completed);
        (await deployment.ColumnAsync("select id from ruangkerja.replay_job")).ShouldBeEmpty();

        var run = await RunAsync(deployment, [.. start, "--wait", "true"]);
        run.Code.ShouldBe(0, run.Error);
        run.Error.ShouldContain($": finished, {completed} of {completed} sent (100 %)");
        var job = ResultOf(run.Out);
        job.GetProperty("state").GetString().ShouldBe("finished");
        job.GetProperty("sent").GetInt64().ShouldBe(completed);
        job.GetProperty("requestedBy").GetString().ShouldBe(Environment.UserName);
        await Wait.Until(() => subscriber.Events.Count >= completed, Patience, "all events");
        subscriber.Events.Select(told => told.ReplayId).Distinct().ShouldBe([job.GetProperty("id").GetString()]);

        var list = await RunAsync(deployment, ["replay", "list", "--state", "finished", .. Json]);
        ResultOf(list.Out).EnumerateArray().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Should_say_what_is_wrong_by_the_names_of_the_options()
    {
        await using var deployment = await PrepareAsync();

        var refused = await RunAsync(deployment, ["replay", "start", "--queue", "payroll", "--rate", "1000000"]);
        refused.Code.ShouldBe(2, refused.Error);
        refused.Error.ShouldContain("--queue: Queue 'payroll' is not allowed");
        refused.Error.ShouldContain("--rate: 1000000");
        var missing = await RunAsync(deployment, ["replay", "start", "--queue", "hr-nobody"]);
        missing.Code.ShouldBe(2, missing.Error);
        missing.Error.ShouldContain("--queue: There is no queue 'hr-nobody'");
        var unknown = await RunAsync(deployment, ["replay", "show", $"{Guid.Empty}"]);
        unknown.Code.ShouldBe(2, unknown.Error);
        unknown.Error.ShouldContain("'replay list' shows those there are.");
    }

    [Fact]
    public async Task Should_be_moved_by_people_audited_and_go_on_when_nobody_looks_on()
    {
        await using var deployment = await PrepareAsync();
        await using var subscriber = await AmqpSubscriber.StartAsync(deployment.Broker);
        await using var looking = ServiceProcess.Start(
            Settings(deployment),
            ["replay", "start", "--queue", subscriber.Queue, "--wait", "true", .. Json]
        );
        await Wait.Until(
            () => looking.Error.Contains("No instance has taken it up yet."),
            Patience,
            "word that nobody takes it up"
        );
        looking.SendTerminate();
        (await looking.WaitForExitAsync(Patience)).ShouldBe(130, looking.Error);
        looking.Error.ShouldContain("No longer looked at; the replay goes on.");
        var id = ResultOf(looking.Out).GetProperty("id").GetString()!;

        (await MoveAsync(deployment, "pause", id)).ShouldBe((0, "paused"));
        (await MoveAsync(deployment, "resume", id)).ShouldBe((0, "waiting"));
        (await MoveAsync(deployment, "cancel", id)).ShouldBe((0, "cancelled"));
        (await MoveAsync(deployment, "cancel", id)).ShouldBe((0, "cancelled"));
        (await MoveAsync(deployment, "resume", id)).ShouldBe((2, "cancelled"));

        var shown = await RunAsync(deployment, ["replay", "show", id, .. Json]);
        var audit = ResultOf(shown.Out).GetProperty("audit").EnumerateArray().ToList();
        audit
            .Select(entry => entry.GetProperty("action").GetString())
            .ShouldBe(["requested", "paused", "resumed", "cancelled"]);
        audit.ShouldAllBe(entry => entry.GetProperty("by").GetString() == Environment.UserName);
    }

    [Fact]
    public async Task Should_print_stored_events_and_the_history_of_one_employee()
    {
        await using var deployment = await PrepareAsync();
        await deployment.StartPipelineAsync();
        await deployment.WaitForBootstrapAsync();
        await deployment.StopPipelineAsync();

        var events = await RunAsync(deployment, ["events", "--baseline", .. Json]);
        events.Code.ShouldBe(0, events.Error);
        var told = events
            .Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => ResultOf(line))
            .ToList();
        told.Select(e => e.GetProperty("eventId").GetString())
            .ShouldBe(await deployment.ColumnAsync("select id from ruangkerja.mt_events order by seq_id"));
        var rest = await RunAsync(
            deployment,
            ["events", "--baseline", "--after", $"{told[^3].GetProperty("sequence")}", "--limit", "1", .. Json]
        );
        ResultOf(rest.Out).GetProperty("eventId").GetString().ShouldBe(told[^2].GetProperty("eventId").GetString());

        var employee = told[0].GetProperty("employeeId").GetString()!;
        var history = await RunAsync(deployment, ["history", "--employee", employee, .. Json]);
        history.Code.ShouldBe(0, history.Error);
        ResultOf(history.Out)
            .EnumerateArray()
            .Sum(one => one.GetProperty("events").GetArrayLength())
            .ShouldBe(told.Count(e => e.GetProperty("employeeId").GetString() == employee));
        var past = await RunAsync(
            deployment,
            ["history", "--employee", employee, "--as-of", "2001-01-01T00:00:00Z", .. Json]
        );
        ResultOf(past.Out)
            .EnumerateArray()
            .ShouldAllBe(one => one.GetProperty("state").ValueKind == JsonValueKind.Null);
        var table = await RunAsync(deployment, ["history", "--employee", employee]);
        table.Out.ShouldContain($"employee {employee}, course '");
        (await RunAsync(deployment, ["history", "--employee", "nobody"])).Code.ShouldBe(2);
    }

    private static async Task<(int Code, string? State)> MoveAsync(Deployment deployment, string word, string id)
    {
        var moved = await RunAsync(deployment, ["replay", word, id, .. Json]);
        return (moved.Code, ResultOf(moved.Out).GetProperty("state").GetString());
    }

    private async Task<Deployment> PrepareAsync()
    {
        var deployment = await Deployment.PrepareAsync(servers, Few);
        deployment.Configure(options => options with { Replay = new ReplayOptions { AllowedQueues = ["hr*"] } });
        return deployment;
    }

    private static Dictionary<string, string> Settings(Deployment deployment) =>
        new(deployment.Settings) { ["Replay:AllowedQueues"] = "hr*" };

    private static Task<(int Code, string Out, string Error)> RunAsync(Deployment deployment, string[] args) =>
        ServiceProcess.RunAsync(Settings(deployment), args);

    private static async Task<long> CountAsync(Deployment deployment, string where) =>
        long.Parse((await deployment.ColumnAsync($"select count(*) from ruangkerja.mt_events where {where}"))[0]);

    private static JsonElement ResultOf(string text) => JsonDocument.Parse(text).RootElement;
}
