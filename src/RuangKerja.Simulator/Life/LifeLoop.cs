namespace RuangKerja.Simulator.Life;

/// <summary>
/// Keeps the world up with the clock while nobody asks. Requests bring it up to date by themselves; this is for those who read
/// the ledger in process.
/// </summary>
internal sealed class LifeLoop(World world, TimeProvider time, ILogger<LifeLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var entry in world.AdvanceTo(time.GetUtcNow()))
                {
                    Log.Transitioned(
                        logger,
                        entry.Seq,
                        entry.Company,
                        entry.EmployeeId,
                        entry.CourseName,
                        entry.From,
                        entry.To
                    );
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Log.LifeEnded(logger, world.Ledger.LastSeq);
        }
    }
}
