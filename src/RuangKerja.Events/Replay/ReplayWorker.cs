using Microsoft.Extensions.Hosting;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Replay;

/// <summary>
/// Takes replays up and runs them, as many at once as <see cref="ReplayOptions.Parallelism"/> says. It is woken when one is
/// asked for, and looks by itself now and then.
/// </summary>
public sealed class ReplayWorker(
    IReplayStore store,
    IEventHistory history,
    ReplayBroker broker,
    ReplayOptions options,
    ReplaySignal signal,
    ReplayReports reports
) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);
    private static readonly Backoff Retry = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    private readonly string _instance = $"{Environment.MachineName}/{Environment.ProcessId}";

    // Cancelled before the parts of the program are stopped one after the other: replays end while others do.
    private readonly CancellationTokenSource _announced = new();

    /// <inheritdoc />
    public Task StoppingAsync(CancellationToken cancellationToken) => _announced.CancelAsync();

    /// <inheritdoc />
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public override void Dispose()
    {
        _announced.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, _announced.Token);
        await Loops.RunAsync(Enumerable.Range(0, options.Parallelism).Select(_ => LoopAsync(stopping.Token)));
    }

    private async Task LoopAsync(CancellationToken stopping)
    {
        var jitter = new Random();
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            var next = signal.Next;
            try
            {
                var askedAt = broker.Time.GetTimestamp();
                if (await store.TakeAsync(_instance, ReplayKeeper.Lease, stopping) is { } taken)
                    await new ReplayRun(taken, askedAt, store, history, broker, options, reports).RunAsync(stopping);
                else
                    await signal.WaitAsync(next, LookInterval, stopping);
                failures = 0;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            // Whatever it is, replays go on: one that was taken is taken again when its lease is over.
            catch (Exception error)
            {
                var delay = Retry.Delay(++failures, jitter.NextDouble());
                reports.Failed(error, delay);
                await Task.Delay(delay, broker.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
