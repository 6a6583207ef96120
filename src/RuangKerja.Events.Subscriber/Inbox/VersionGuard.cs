namespace RuangKerja.Events.Subscriber.Inbox;

/// <summary>
/// Keeps the versions of an assignment in order: each has its effect once, none behind a later one, and, where gaps are
/// filled, none is passed over. Pure; an inbox keeps what it says.
/// </summary>
public static class VersionGuard
{
    /// <summary>Judges a delivery.</summary>
    /// <param name="known">What is known of its assignment; null when nothing is.</param>
    /// <param name="handled">Whether its event was handled before, by its id.</param>
    /// <param name="fillGaps">Whether what is behind a gap waits for a replay of what is missing.</param>
    public static Judgement Judge(AssignmentProgress? known, Delivery delivery, bool handled, bool fillGaps)
    {
        // A subscriber may begin in the middle of an assignment's life, and what was before the service's first start was
        // never published: the first version that comes is as good as any.
        if (known is null)
            return handled
                ? new Judgement(Verdict.Duplicate, ProgressOf(delivery))
                : new Judgement(Verdict.Handle, ProgressOf(delivery));
        if (delivery.Version <= known.Version)
            return JudgePassed(known, delivery, handled);

        var missing = delivery.Version - known.Version - 1;
        if (missing > 0 && fillGaps && !IsNextBehindHole(known, delivery))
            return new Judgement(Verdict.BehindGap, known with { Gap = Widened(known.Gap, delivery.Version) }, missing);

        return new Judgement(Verdict.Handle, Settled(known, delivery), missing);
    }

    /// <summary>What is known of an assignment when a delivery was given up: it counts as settled, until it comes again.</summary>
    public static AssignmentProgress GiveUp(AssignmentProgress? known, Delivery delivery)
    {
        var then = known switch
        {
            null => ProgressOf(delivery),
            _ when delivery.Version > known.Version => Settled(known, delivery),
            _ => known,
        };
        return then.GivenUp.Contains(delivery.Version)
            ? then
            : then with
            {
                GivenUp = [.. then.GivenUp, delivery.Version],
            };
    }

    private static Judgement JudgePassed(AssignmentProgress known, Delivery delivery, bool handled)
    {
        if (handled)
            return new Judgement(Verdict.Duplicate, known);
        // The message itself may know better: a restart, or time, may have made us forget.
        if (!delivery.WasGivenUp && !known.GivenUp.Contains(delivery.Version))
            return new Judgement(Verdict.Outdated, known);

        var left = known.GivenUp.Where(version => version != delivery.Version);
        return new Judgement(Verdict.Handle, known with { GivenUp = [.. left] });
    }

    /// <summary>
    /// A version is passed over only behind two replays that were asked for the gap: one that has ended without it, and a later
    /// one whose message is the lowest version that either has brought. By one alone nothing is proven: its message may be judged
    /// before its neighbour, or before the replay is known to be the gap's.
    /// </summary>
    private static bool IsNextBehindHole(AssignmentProgress known, Delivery delivery) =>
        known.Gap is { IsHole: true, ReplayId: { } replay } gap
        && delivery.ReplayId == replay
        && delivery.Version <= gap.Next;

    private static AssignmentProgress Settled(AssignmentProgress known, Delivery delivery) =>
        known with
        {
            Version = delivery.Version,
            Sequence = delivery.Sequence,
            Gap = known.Gap is { } gap && gap.Highest > delivery.Version ? Narrowed(gap, delivery.Version) : null,
        };

    private static OpenGap Narrowed(OpenGap gap, long version) =>
        gap with
        {
            Next = gap.Next > version ? gap.Next : gap.Highest,
            IsHole = false,
        };

    private static OpenGap Widened(OpenGap? gap, long version) =>
        gap is null
            ? new OpenGap(version)
            : gap with
            {
                Highest = Math.Max(gap.Highest, version),
                Next = Math.Min(gap.Next, version),
            };

    private static AssignmentProgress ProgressOf(Delivery delivery) => new(delivery.Version, delivery.Sequence);
}
