using RuangKerja.Simulator;
using RuangKerja.Simulator.People;

namespace RuangKerja.Events.Tests.Simulator;

public sealed class SimulatorHostTests : SimulatorTest
{
    protected override SimulatorOptions Options => Small with { FailuresAsHttp200 = true, RememberedRequests = 2 };

    [Fact]
    public async Task FailuresAsHttp200_KeepTheirBodies()
    {
        var refused = await Feed("unknown");
        var wrong = await PostToken("simulator", "wrong");

        (refused.Status, refused.Json.GetProperty("errorCode").GetInt32()).ShouldBe((200, 123));
        (wrong.Status, wrong.Json.GetProperty("errorCode").GetInt32()).ShouldBe((200, 400));
    }

    [Theory]
    [InlineData(null, "application/json", "Accept")]
    [InlineData("*/*", "application/json", "Accept")]
    [InlineData("text/html", "application/json", "Accept")]
    [InlineData("application/json", null, "Content-Type")]
    [InlineData("application/json", "text/plain", "Content-Type")]
    public async Task DataRequestWithoutItsHeaders_IsRefused(string? accept, string? contentType, string detail)
    {
        var reply = await Data(CataloguePath(), await Token(), accept, contentType);

        reply.Json.GetProperty("message").GetString().ShouldBe("BAD_REQUEST");
        reply.Detail.ShouldBe($"{detail} must be application/json");
    }

    [Fact]
    public async Task HeadersWithParameters_AreAccepted() =>
        (
            await Data(
                CataloguePath(),
                await Token(),
                "text/html, application/json;q=0.9",
                "application/json; charset=utf-8"
            )
        ).Items.ShouldNotBeEmpty();

    [Fact]
    public async Task UnknownPath_IsAFailureBody() =>
        (await Data("/ruangkerja/dashboard/nothing.here")).Json.GetProperty("errorCode").GetInt32().ShouldBe(404);

    [Fact]
    public async Task WrongMethod_IsAFailureBody() =>
        (await Send(HttpMethod.Get, "/oauth/token")).Json.GetProperty("errorCode").GetInt32().ShouldBe(404);

    [Fact]
    public async Task RememberedRequests_AreTheLatest()
    {
        await Feed();
        await Data(CataloguePath(3, 7));

        Simulator.Requests.Latest.Count.ShouldBe(2);
        Simulator.Requests.Latest[^1].Query.ShouldBe("?page=3&pageSize=7");
        Simulator.Requests.Latest[^1].Number.ShouldBe(4);
    }

    [Fact]
    public async Task Simulators_RunSideBySide()
    {
        await using var other = await SimulatorHost.StartAsync(Small with { Seed = 2 }, time: Clock);

        other.BaseAddress.ShouldNotBe(Simulator.BaseAddress);
        other.BaseAddress.IsLoopback.ShouldBeTrue();
        other.World.Company().Population.Courses[0].Serial.ShouldNotBe(Population.Courses[0].Serial);
    }

    [Fact]
    public async Task Request_FindsLifeUpToItsOwnInstant()
    {
        Simulator.ChangeRate(60_000);
        Simulator.Resume();
        var before = Simulator.Ledger.LastSeq;

        // Less than the beat at which life goes on by itself.
        Clock.Advance(TimeSpan.FromMilliseconds(100));
        await Feed();

        Simulator.Ledger.LastSeq.ShouldBeGreaterThan(before);
    }

    [Fact]
    public async Task LifeGoesOn_WhileNobodyAsks()
    {
        var transitions = Simulator.Ledger.LastSeq;
        Simulator.ChangeRate(600);
        Simulator.Resume();

        using var deadline = new CancellationTokenSource(Deadline);
        while (Simulator.Ledger.LastSeq == transitions)
        {
            deadline.Token.ThrowIfCancellationRequested();
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Cancelled_StopsListening()
    {
        using var cancel = new CancellationTokenSource();
        var running = Simulator.RunUntilCancelledAsync(cancel.Token);

        await cancel.CancelAsync();
        await running.WaitAsync(Deadline);

        await Should.ThrowAsync<HttpRequestException>(() => PostToken("simulator", "simulator-secret"));
    }

    [Fact]
    public async Task RequestHeldBackByAFault_DoesNotHoldTheEndBack()
    {
        var idle = Clock.PendingTimers;
        Simulator.Faults.Delay = TimeSpan.FromHours(1);
        var held = PostToken("simulator", "simulator-secret");
        await Until(() => Clock.PendingTimers > idle);

        await Simulator.StopAsync().WaitAsync(Deadline);

        await Should.ThrowAsync<HttpRequestException>(() => held);
    }

    [Fact]
    public async Task TakenAddress_IsAnIOException() =>
        await Should.ThrowAsync<IOException>(() => SimulatorHost.StartAsync(Small, Simulator.BaseAddress.ToString()));

    [Fact]
    public void Transition_WithoutOrderTakesAnyAssignment() =>
        Simulator.Transition(UpstreamStatus.Completed).To.ShouldBe(UpstreamStatus.Completed);
}
