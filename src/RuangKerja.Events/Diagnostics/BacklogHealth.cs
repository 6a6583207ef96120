using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Diagnostics;

/// <summary>What a backlog says of the outbox and of the quarantine. Pure.</summary>
public static class BacklogHealth
{
    /// <summary>A relay that works publishes within seconds, and is itself unwell when it does not.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>Null when the outbox is well. Unroutable events are shown and are nothing to be done about.</summary>
    public static PartVerdict? Outbox(Backlog backlog, OutboxBudget budget)
    {
        var wrong = WhatIsWrong(backlog, budget).ToList();
        if (wrong.Count > 0)
        {
            return new PartVerdict(
                wrong.Max(found => found.Status),
                string.Join(' ', wrong.Select(found => found.Reason)),
                string.Join(' ', wrong.Select(found => found.Hint))
            );
        }

        return backlog.Unpublishable == 0
            ? null
            : new PartVerdict(
                PartStatus.Attention,
                $"{Count(backlog.Unpublishable, backlog.OthersCountedTo)} stored events cannot be made messages; all others go on.",
                "Report it, with the reasons in the table outbox (state 'unpublishable')."
            );
    }

    /// <summary>Null when the quarantine is empty. What is in it keeps nothing else from going on.</summary>
    public static PartVerdict? Quarantine(Backlog backlog) =>
        backlog.Quarantined == 0
            ? null
            : new PartVerdict(
                PartStatus.Attention,
                $"{Count(backlog.Quarantined, backlog.OthersCountedTo)} rows of the API were not accepted.",
                "Look at the reasons (ruangkerja-events quarantine list), then retry or discard them."
            );

    private static IEnumerable<PartVerdict> WhatIsWrong(Backlog backlog, OutboxBudget budget)
    {
        // Held events need a person: nobody else lets them go.
        if (backlog.Held > 0)
        {
            yield return new PartVerdict(
                PartStatus.Failing,
                $"{Count(backlog.Held, backlog.OthersCountedTo)} events are held since {backlog.HeldSince:O}, all others go on. "
                    + backlog.HeldReason,
                "Look at them (ruangkerja-events outbox status), then release or discard them."
            );
        }

        const string Look = "Look at the parts broker and relay of every instance.";
        if (budget.IsExceededBy(backlog.Pending))
        {
            yield return new PartVerdict(
                PartStatus.Failing,
                $"{Count(backlog.Pending, backlog.CountedTo)} events wait for the broker, more than {budget.Rows} "
                    + "(Relay:OutboxBudget): polling is slowed down.",
                Look
            );
        }
        else if (backlog.OldestPending > LongestWait)
        {
            yield return new PartVerdict(
                PartStatus.Late,
                $"{Count(backlog.Pending, backlog.CountedTo)} events wait for the broker, the oldest for {backlog.OldestPending:d\\.hh\\:mm\\:ss}.",
                Look
            );
        }
    }

    private static string Count(long count, long countedTo) => count < countedTo ? $"{count}" : $"{count} or more";
}
