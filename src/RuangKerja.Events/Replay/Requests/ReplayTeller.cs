using Microsoft.Extensions.Hosting;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Replay.Requests;

/// <summary>
/// Tells requesters of the end of their replays, and forgets those that are over for long: at least once, since it is noted only when the broker has the answer. Every
/// instance does it; two that do it at once tell it twice. One that cannot be told keeps no other one waiting.
/// </summary>
internal sealed class ReplayTeller(
    IReplayStore store,
    ReplayAnswers answers,
    ReplayRequestReports reports,
    TimeProvider time
) : BackgroundService
{
    private const int AtOnce = 1_000;

    // Of faults of this program: more tries meet them again.
    private const int MostFaults = 5;

    // For so long one may look at what was replayed, to whom and by whom.
    private static readonly TimeSpan Retention = TimeSpan.FromDays(90);
    private static readonly TimeSpan TrimInterval = TimeSpan.FromHours(1);
    private const int TrimmedAtOnce = 1_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly Backoff Pauses = new(Interval, TimeSpan.FromSeconds(30));

    private DateTimeOffset _trimAt = DateTimeOffset.MinValue;

    private readonly Random _jitter = new();

    // Those that could not be told, until they are.
    private readonly Dictionary<Guid, (int Failures, DateTimeOffset Next)> _later = [];

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Interval;
            try
            {
                await TellAsync(stoppingToken);
                await TrimAsync(stoppingToken);
                failures = 0;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (StorageException error)
            {
                wait = Pauses.Delay(++failures, _jitter.NextDouble());
                reports.TellingWaits(null, error, wait);
            }

            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        var untold = await store.ReadUntoldAsync(AtOnce, cancellationToken);
        foreach (var gone in _later.Keys.Except(untold.Select(job => job.Id)).ToList())
            _later.Remove(gone);
        foreach (var job in untold)
        {
            if (!_later.TryGetValue(job.Id, out var later) || later.Next <= time.GetUtcNow())
                await TellAsync(job, later.Failures, cancellationToken);
        }
    }

    private async Task TrimAsync(CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() < _trimAt)
            return;

        while (await store.TrimAsync(Retention, TrimmedAtOnce, cancellationToken) == TrimmedAtOnce) { }
        _trimAt = time.GetUtcNow() + TrimInterval;
    }

    private async Task TellAsync(ReplayJob job, int failures, CancellationToken cancellationToken)
    {
        try
        {
            await answers.FinishedAsync(job, cancellationToken);
        }
        // Whatever it is, the others are to be told.
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            if (error is BrokerException || failures + 1 < MostFaults)
            {
                var wait = Pauses.Delay(failures + 1, _jitter.NextDouble());
                _later[job.Id] = (failures + 1, time.GetUtcNow() + wait);
                reports.TellingWaits(job.Id, error, wait);
                return;
            }

            reports.GivenUp(job.RequestId, error);
        }

        await store.NoteToldAsync(job, cancellationToken);
    }
}
