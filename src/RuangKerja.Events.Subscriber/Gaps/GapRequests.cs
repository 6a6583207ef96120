using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Subscriber.Gaps;

/// <summary>Makes of gaps the request that fills them. Pure.</summary>
internal static class GapRequests
{
    /// <summary>At most so many are held in one request, as the service allows.</summary>
    public const int MostHeld = 100_000;

    /// <summary>From which sequence on something is missing.</summary>
    public static long FirstSequence(IReadOnlyList<DueGap> gaps) => gaps.Min(gap => gap.Sequence) + 1;

    /// <summary>
    /// One gap is asked for by its assignment. Several of a company share a request for the span they lie in, which tells
    /// what is there already.
    /// </summary>
    /// <param name="gaps">Of one company, at least one.</param>
    /// <param name="held">What is there already in their span; not looked at for one.</param>
    public static RequestReplay For(string queue, IReadOnlyList<DueGap> gaps, IReadOnlyDictionary<string, long> held)
    {
        var request = new RequestReplay
        {
            RequestId = gaps[0].RequestId,
            Queue = queue,
            RequestedBy = $"{queue}, for what it misses",
            Companies = [gaps[0].Company],
            FirstSequence = FirstSequence(gaps),
        };
        return gaps.Count == 1
            // Every version counts, were it one that was never published.
            ? request with
            {
                AssignmentId = gaps[0].AssignmentId,
                IncludeBaseline = true,
            }
            : request with
            {
                LastSequence = gaps.Max(gap => gap.HighestSequence),
                HeldVersions = held,
            };
    }
}
