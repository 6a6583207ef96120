using RuangKerja.Events.IntegrationTests.Service;
using RuangKerja.Simulator.Requests;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>The built executable, killed without warning at chosen moments while life goes on, and started again.</summary>
[Trait("Promise", "P1")]
[Trait("Promise", "P3")]
public sealed class When_the_process_is_killed(Servers servers)
{
    private const int Kills = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task F01_P1_Should_read_the_same_window_again_that_it_was_fetching()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        var service = bench.StartService();
        await bench.WaitForBootstrapAsync();

        for (var kill = 0; kill < Kills; kill++)
        {
            await bench.LiveUntilReceivedAsync(5);
            bench.Simulator.Resume();
            await HoldFeedAnswerAsync(bench);
            var fetched = FeedRequests(bench).Last();
            await service.DisposeAsync();
            bench.Api.Heal();
            bench.Simulator.Requests.Clear();
            service = await StartAgainAsync(bench);
            await Wait.Until(() => FeedRequests(bench).Any(), Patience, "the feed is read again");

            From(FeedRequests(bench).First()).ShouldBe(From(fetched));
        }

        await using var last = service;
        (await bench.JudgeAsync()).ShouldBeComplete();
    }

    [Fact]
    public async Task F02_P1_Should_send_what_was_committed_and_never_sent()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        var service = bench.StartService();
        await bench.WaitForBootstrapAsync();
        await bench.LiveUntilReceivedAsync(5);
        await bench.Deployment.WaitForEmptyOutboxAsync();

        bench.Broker.BlackHole();
        await bench.Deployment.LiveAsync(transitions: 10);
        await Wait.Until(async () => await CountOutboxAsync(bench) >= 10, Patience, "ten rows in the outbox");
        var received = bench.Subscriber.Received.Count;
        await service.DisposeAsync();
        bench.Subscriber.Received.Count.ShouldBe(received);
        bench.Broker.Heal();
        await using var again = await StartAgainAsync(bench);

        var verdict = await bench.JudgeAsync();
        verdict.ShouldBeComplete();
        verdict.Repeated.ShouldBe(0, "nothing of it had been sent");
    }

    [Fact]
    public async Task F03_P3_Should_send_once_more_with_the_same_id_what_was_confirmed_and_never_removed()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        var service = bench.StartService();
        await bench.WaitForBootstrapAsync();
        await bench.LiveUntilReceivedAsync(5);
        await bench.Deployment.WaitForEmptyOutboxAsync();

        // From the first removal on, nothing of ours reaches the database: what is in the outbox then was confirmed.
        bench.Database.Upstream.Once(Bytes.AreSettling, bench.Database.BlackHole);
        await bench.Deployment.LiveAsync(transitions: 10);
        await Wait.Until(() => bench.Database.Upstream.Swallows, Patience, "the first removal");
        var confirmed = await bench.Deployment.ColumnAsync("select event_id from ruangkerja.outbox");
        confirmed.ShouldNotBeEmpty();
        await Wait.Until(
            () => confirmed.All(id => CountReceived(bench, id) == 1),
            Patience,
            "what was confirmed is received"
        );
        await service.DisposeAsync();
        bench.Database.Heal();
        await using var again = await StartAgainAsync(bench);

        var verdict = await bench.JudgeAsync();
        verdict.ShouldBeComplete();
        verdict.Repeated.ShouldBe(confirmed.Count);
        confirmed.ShouldAllBe(id => CountReceived(bench, id) == 2);
    }

    /// <summary>Returns when the next answer of the feed is on its way, never to arrive.</summary>
    private static async Task HoldFeedAnswerAsync(FaultBench bench)
    {
        bench.Api.Downstream.Once(Bytes.Hold("\"assignedCourseSerial\""), () => bench.Api.Downstream.Swallows = true);
        await Wait.Until(() => bench.Api.Downstream.Swallows, Patience, "an answer of the feed");
    }

    private static async Task<ServiceProcess> StartAgainAsync(FaultBench bench)
    {
        await new LeaseTable(bench.Deployment.ConnectionString).EndAsync();
        return bench.StartService();
    }

    private static IEnumerable<SeenRequest> FeedRequests(FaultBench bench) =>
        bench.Simulator.Requests.Latest.Where(request => request.Endpoint == UpstreamEndpoint.Feed);

    private static string From(SeenRequest request) =>
        request.Query.Split('&').Single(part => part.Contains("startTimestamp=", StringComparison.Ordinal));

    private static async Task<int> CountOutboxAsync(FaultBench bench) =>
        (await bench.Deployment.ColumnAsync("select event_id from ruangkerja.outbox")).Count;

    private static int CountReceived(FaultBench bench, string eventId) =>
        bench.Subscriber.Received.Count(change => $"{change.EventId}" == eventId);
}
