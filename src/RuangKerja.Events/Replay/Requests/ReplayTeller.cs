using Microsoft.Extensions.Hosting;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Replay.Requests;

/// <summary>
/// Tells requesters of the end of their replays: at least once, since it is noted only when the broker has the answer. Every
/// instance does it; two that do it at once tell it twice.
/// </summary>
internal sealed class ReplayTeller(
    IReplayStore store,
    ReplayAnswers answers,
    ReplayRequestReports reports,
    TimeProvider time
) : BackgroundService
{
    private const int AtOnce = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly Backoff Pauses = new(Interval, TimeSpan.FromSeconds(30));

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        var jitter = new Random();
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Interval;
            try
            {
                await TellAsync(stoppingToken);
                failures = 0;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error) when (error is StorageException or BrokerException)
            {
                wait = Pauses.Delay(++failures, jitter.NextDouble());
                reports.TellingWaits(error, wait);
            }

            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        foreach (var job in await store.ReadUntoldAsync(AtOnce, cancellationToken))
        {
            await answers.FinishedAsync(job, cancellationToken);
            await store.NoteToldAsync(job, cancellationToken);
        }
    }
}
