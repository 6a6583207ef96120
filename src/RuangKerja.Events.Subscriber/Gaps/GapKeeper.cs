using Microsoft.Extensions.Hosting;
using RuangKerja.Events.Subscriber.Replays;

namespace RuangKerja.Events.Subscriber.Gaps;

/// <summary>
/// Asks for what is missing until it is there: ① takes the gaps that are due ② asks for a replay of them. Every instance does
/// it; each gap is taken by one of them.
/// </summary>
internal sealed class GapKeeper(
    string queue,
    IGapStore gaps,
    GapSchedule schedule,
    IReplayRequests requests,
    GapReports reports,
    TimeProvider time
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await AskAsync(stoppingToken)) { }
                reports.Open(await gaps.CountAsync(stoppingToken));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // Nothing is lost by it: what is open stays so, and what was taken is due again.
            catch (Exception error)
            {
                reports.Waits(error);
            }

            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>False when nothing is due.</summary>
    private async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        var due = await gaps.TakeDueAsync(Guid.NewGuid(), cancellationToken);
        if (due.Count == 0)
            return false;

        var request = GapRequests.For(queue, due, await ReadHeldAsync(due, cancellationToken));
        var round = due.Max(gap => gap.Round);
        reports.Asked(request, due, isInVain: round >= schedule.RoundsInVain);
        // By then the next one is due, and the service need not find both.
        var patience = schedule.Answers[Math.Min(due.Min(gap => gap.Round), schedule.Answers.Length) - 1];
        await requests.SendAsync(request, patience, cancellationToken);
        return true;
    }

    private async Task<IReadOnlyDictionary<string, long>> ReadHeldAsync(
        IReadOnlyList<DueGap> due,
        CancellationToken cancellationToken
    ) =>
        due.Count == 1
            ? new Dictionary<string, long>()
            : await gaps.ReadHeldAsync(
                due[0].Company,
                GapRequests.FirstSequence(due),
                GapRequests.MostHeld,
                cancellationToken
            );
}
