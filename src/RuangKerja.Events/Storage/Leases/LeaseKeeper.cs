using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage.Leases;

/// <summary>
/// Takes and renews the leases of this instance, and gives them back at the end. Starts first and so is stopped last: what
/// needs a lease has ended by then.
/// </summary>
public sealed partial class LeaseKeeper(
    InstanceLeases leases,
    ILeaseStore store,
    TimeProvider time,
    ILogger<LeaseKeeper> logger
) : BackgroundService
{
    private static readonly TimeSpan RenewalInterval = Lease.Period / 4;
    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromSeconds(2);

    private readonly string _holder = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Loops.RunAsync(leases.All.Select(lease => KeepAsync(lease, stoppingToken)));

    private async Task KeepAsync(Lease lease, CancellationToken stopping)
    {
        var term = 0L;
        while (!stopping.IsCancellationRequested)
        {
            term = await RenewAsync(lease, term, stopping);
            await Task.Delay(RenewalInterval, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (term > 0)
            await GiveBackAsync(lease);
    }

    /// <summary>Returns the term; 0 when another has the lease.</summary>
    private async Task<long> RenewAsync(Lease lease, long before, CancellationToken stopping)
    {
        using var bounded = new CancellationTokenSource(Lease.Period, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(bounded.Token, stopping);
        var asked = time.GetTimestamp();
        try
        {
            if (await store.TakeAsync(lease.Company, lease.Role, _holder, Lease.Period, linked.Token) is not { } term)
            {
                lease.Refused();
                if (before > 0)
                    Log.Lost(logger, lease.Company, lease.Role);
                return 0;
            }

            lease.Renewed(asked);
            if (term != before)
                Log.Taken(logger, lease.Company, lease.Role, term);
            return term;
        }
        catch (StorageException trouble)
        {
            lease.Unknown(trouble);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            lease.Unknown(
                PostgresFailures.NoAnswer($"Taking the {lease.Role} lease of company '{lease.Company}'", Lease.Period)
            );
        }
        catch (OperationCanceledException)
        {
            // What is held is over by itself.
        }

        return before;
    }

    private async Task GiveBackAsync(Lease lease)
    {
        using var bounded = new CancellationTokenSource(FarewellTimeout, time);
        try
        {
            await store.GiveBackAsync(lease.Company, lease.Role, _holder, bounded.Token);
            lease.Refused();
        }
        catch (Exception error) when (error is StorageException or OperationCanceledException)
        {
            // It is over by itself, a little later.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 311,
            Level = LogLevel.Information,
            Message = "{Company}: this instance has the {Role} lease (term {Term})"
        )]
        public static partial void Taken(ILogger logger, Company company, LeaseRole role, long term);

        [LoggerMessage(
            EventId = 312,
            Level = LogLevel.Warning,
            Message = "{Company}: another instance has taken the {Role} lease; this one stands by"
        )]
        public static partial void Lost(ILogger logger, Company company, LeaseRole role);
    }
}
