using RuangKerja.Events.IntegrationTests.Service;
using RuangKerja.Events.Storage.Leases;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>The executable twice: one that has both leases, and one that stands by, with ways of its own.</summary>
internal sealed class TwoInstances : IAsyncDisposable
{
    private const int Polls = 8;

    // An instance that is gone is stood in for after twice the period; the rest is for a slow machine.
    private static readonly TimeSpan TakenOver = 2 * Lease.Period + TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private TwoInstances(FaultBench bench, ServiceProcess leader, ServiceProcess standby)
    {
        Leases = new LeaseTable(bench.Deployment.ConnectionString);
        Leader = leader;
        Standby = standby;
    }

    public LeaseTable Leases { get; }

    /// <summary>Began; its ways lead through the bench's proxies.</summary>
    public ServiceProcess Leader { get; }

    /// <summary>Came later; nothing disturbs its ways to the API and the database.</summary>
    public ServiceProcess Standby { get; }

    /// <summary>Starts one, reads the past with it, and starts the other. Life stands still.</summary>
    public static async Task<TwoInstances> StartAsync(FaultBench bench)
    {
        var leader = bench.StartService();
        await bench.WaitForBootstrapAsync();
        var direct = new Dictionary<string, string>(bench.Deployment.Settings)
        {
            ["RuangKerja:BaseUrl"] = $"{bench.Simulator.BaseAddress}",
            ["Storage:ConnectionString"] = bench.Deployment.ConnectionString,
        };
        var standby = ServiceProcess.Start(direct, "run");
        await standby.WaitForAddressAsync();
        var both = new TwoInstances(bench, leader, standby);
        await Wait.Until(() => both.Leases.AreAllOfAsync(leader), Patience, "the first has both leases");
        return both;
    }

    /// <summary>The one that stood by has both parts, in the term after the first.</summary>
    public async Task WaitForTakeoverAsync()
    {
        await Wait.Until(() => Leases.AreAllOfAsync(Standby), TakenOver, "the one that stands by takes over");
        (await Leases.ReadAsync()).Select(lease => lease.Term).ShouldBe([2, 2]);
    }

    /// <summary>The first has understood that it lost both parts.</summary>
    public Task WaitUntilLeaderStandsByAsync() =>
        Wait.Until(
            () => Leader.Out.Split("this one stands by").Length >= 3,
            TakenOver,
            "the first says that it stands by"
        );

    /// <summary>All polls from now on come from one of the two, but for one that may be on its way.</summary>
    public static async Task AssertOnePollsAsync(FaultBench bench)
    {
        var requests = bench.Simulator.Requests;
        var ofTheFirst = 0L;
        CountNext();
        requests.Clear();
        await Wait.Until(() => requests.Count(UpstreamEndpoint.Feed) >= Polls, Patience, "some polls");

        var ofTheSecond = Polls - Interlocked.Read(ref ofTheFirst);
        Math.Min(ofTheFirst, ofTheSecond).ShouldBeLessThanOrEqualTo(1, $"{ofTheFirst} of {Polls} were of the first");

        void CountNext() =>
            bench.Api.Upstream.Once(
                Bytes.Hold("user-course-status"),
                () =>
                {
                    Interlocked.Increment(ref ofTheFirst);
                    CountNext();
                }
            );
    }

    public async ValueTask DisposeAsync()
    {
        await Leader.DisposeAsync();
        await Standby.DisposeAsync();
    }
}
