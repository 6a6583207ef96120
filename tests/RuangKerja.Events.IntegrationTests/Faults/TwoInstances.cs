using RuangKerja.Events.IntegrationTests.Service;
using RuangKerja.Events.Storage.Leases;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>The executable twice: one that has both leases, and one that stands by, with a way of its own to the database.</summary>
internal sealed class TwoInstances : IAsyncDisposable
{
    private const int Polls = 6;

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

    /// <summary>Began; its way to the database leads through the bench's proxy.</summary>
    public ServiceProcess Leader { get; }

    /// <summary>Came later; nothing disturbs its way to the database.</summary>
    public ServiceProcess Standby { get; }

    /// <summary>Starts one, reads the past with it, and starts the other. Life stands still.</summary>
    public static async Task<TwoInstances> StartAsync(FaultBench bench)
    {
        var leader = bench.StartService();
        await bench.WaitForBootstrapAsync();
        var direct = new Dictionary<string, string>(bench.Deployment.Settings)
        {
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
            () => Leader.Out.Split("this one stands by").Length == 3,
            TakenOver,
            "the first says that it stands by"
        );

    /// <summary>One that polls every second is never faster than that; two would be.</summary>
    public static async Task AssertOnePollsAsync(FaultBench bench)
    {
        var requests = bench.Simulator.Requests;
        requests.Clear();
        await Wait.Until(() => requests.Count(UpstreamEndpoint.Feed) > Polls, Patience, "some polls");
        var polls = requests.Latest.Where(seen => seen.Endpoint == UpstreamEndpoint.Feed).ToList();
        (polls[Polls].At - polls[0].At).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.75 * Polls));
    }

    public async ValueTask DisposeAsync()
    {
        await Leader.DisposeAsync();
        await Standby.DisposeAsync();
    }
}
