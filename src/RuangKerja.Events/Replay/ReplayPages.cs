using System.Runtime.CompilerServices;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Replay;

/// <summary>
/// Reads the events of one replay by sequence: finds where they are, little at first so that the first message goes soon,
/// then much at once; and reads each page while the one before it is sent.
/// </summary>
internal sealed class ReplayPages(IEventHistory history, EventFilter filter, long through)
{
    private const int FirstPlan = 1_000;
    private const int LargestPlan = 50_000;
    private const int PageSize = 500;

    /// <summary>How many sequences are looked for at once: a thousand, then eight times as many each time, up to fifty thousand.</summary>
    /// <param name="plans">How often it was done before.</param>
    public static int PlanSize(int plans) => (int)Math.Min(FirstPlan * Math.Pow(8, Math.Min(plans, 3)), LargestPlan);

    /// <summary>All pages behind a sequence. What it throws is the history's.</summary>
    public async IAsyncEnumerable<IReadOnlyList<StoredEvent>> ReadAsync(
        long after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        Task<IReadOnlyList<StoredEvent>>? ahead = null;
        try
        {
            for (var plans = 0; ; plans++)
            {
                var found = await history.FindAsync(filter, after, through, PlanSize(plans), cancellationToken);
                foreach (var page in found.Chunk(PageSize))
                {
                    var ready = ahead;
                    ahead = history.ReadAsync(page, cancellationToken);
                    if (ready is not null)
                        yield return await ready;
                }

                if (found.Count < PlanSize(plans))
                    break;
                after = found[^1];
            }

            if (ahead is not null)
                yield return await ahead;
        }
        finally
        {
            // Nobody is left to hear of its failure.
            if (ahead is Task left)
                await left.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
