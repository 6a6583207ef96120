using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Tests.Http;

/// <summary>Those who ask have a share of the database's connections, and no more.</summary>
public sealed class ManyReadersTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("/api/events")]
    [InlineData("/api/events/horizon")]
    [InlineData("/api/events/stream?after=latest")]
    [InlineData("/api/assignments")]
    [InlineData("/api/replays")]
    [InlineData("/api/replays/7d9b0f0e-8f4c-4a57-9a55-1a2b3c4d5e6f")]
    public async Task WithAllPlacesTaken_TheNextIsToldToComeBack(string path)
    {
        await using var bench = await HttpBench.StartTimelessAsync();
        var ready = new TaskCompletionSource();
        bench.History.Ready = ready.Task;
        var held = Enumerable.Range(0, HttpBench.Places).Select(_ => bench.GetAsync("/api/events")).ToList();
        await Wait.Until(() => bench.History.Waiting == HttpBench.Places, Patience);

        var timers = bench.Clock.PendingTimers;
        var next = bench.GetAsync(path);
        await Wait.Until(() => bench.Clock.PendingTimers > timers, Patience);
        bench.Clock.Advance(ReaderGate.Patience);

        var answer = await next;
        answer.Status.ShouldBe(503);
        answer.Problem.ShouldBe("database-unavailable");
        ((string?)answer["detail"])!.ShouldContain("are taken");
        answer.Headers.Keys.ShouldContain("Retry-After");
        bench.History.Waiting.ShouldBe(HttpBench.Places);

        ready.SetResult();
        (await Task.WhenAll(held)).ShouldAllBe(answer => answer.Status == 200);
        (await bench.GetAsync("/api/events")).Status.ShouldBe(200, "places are given back");
    }

    [Fact]
    public async Task StreamWithoutAPlace_WaitsAndGoesOn()
    {
        await using var bench = await HttpBench.StartAsync();
        bench.History.Add(1);
        bench.History.Horizon = 1;
        var ready = new TaskCompletionSource();
        bench.History.Ready = ready.Task;
        var held = Enumerable.Range(0, HttpBench.Places).Select(_ => bench.GetAsync("/api/events")).ToList();
        await Wait.Until(() => bench.History.Waiting == HttpBench.Places, Patience);
        using var stream = await FollowedStream.OpenAsync(bench.Client, "/api/events/stream");

        // Longer than anybody waits for a place: all who come now are told to come back.
        (await bench.GetAsync("/api/events")).Status.ShouldBe(503);
        ready.SetResult();

        (await stream.NextAsync(Patience)).Id.ShouldBe("1");
        (await Task.WhenAll(held)).ShouldAllBe(answer => answer.Status == 200);
    }
}
