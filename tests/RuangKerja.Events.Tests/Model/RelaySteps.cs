namespace RuangKerja.Events.Tests.Model;

/// <summary>
/// What relays do, as <c>OutboxRelay</c> does it: ② read ③ publish ④ settle. The lease is looked at before a pass and
/// before every message, not when confirms come and are settled.
/// </summary>
/// <remarks>
/// What is due is published in the same step: a message that is sent late, be it that its relay was paused after it looked
/// at the lease, is one that arrives late; and one that is not sent after all is one that never arrives.
/// </remarks>
internal sealed class RelaySteps(Scenario scenario)
{
    public IEnumerable<Step> Of(World world)
    {
        for (var i = 0; i < world.Relays.Count; i++)
        {
            var hands = world.Relays[i];
            if (hands.Count == 0 && world.Database.RelayHolder == i && Read(world) is { Count: > 0 } rows)
                yield return new Step(With(world, i, Due(rows)), "relay: reads the outbox and publishes", i);

            foreach (var row in hands.Where(row => row.Delivery == Delivery.UnderWay))
            {
                foreach (var step in Confirm(world, i, row))
                    yield return step;
            }

            if (hands.Count == 0 || hands.Any(row => row.Delivery == Delivery.UnderWay))
                continue;

            var settled = Settle(world, hands);
            yield return new Step(With(settled, i, []), "relay: removes what was confirmed", i);
            yield return new Step(settled, "relay: removes what was confirmed and never hears of it", i);
        }

        foreach (var stray in world.Broker.Strays)
            yield return new Step(
                Take(world, stray),
                "broker: takes a stray, assignment",
                stray.Assignment,
                stray.Version
            );
    }

    /// <summary>
    /// The broker takes it; its confirm comes; or the relay waits no longer for it, because of a timeout, a refusal or a
    /// stop. Then it does not go on with the assignment in this pass.
    /// </summary>
    private IEnumerable<Step> Confirm(World world, int relay, Publish row)
    {
        var hands = world.Relays[relay];
        var (assignment, version, _) = row;
        var message = new Message(assignment, version);
        var isTaken = world.Broker.Has(assignment, version);
        var left = isTaken ? world : world with { Broker = Astray(world.Broker, message) };
        if (!isTaken)
            yield return new Step(Take(world, message), "broker: takes assignment", assignment, version);
        if (isTaken || scenario.Breaks(Mutation.SettledBeforeConfirmed))
        {
            var confirmed = hands.Select(other => other == row ? row with { Delivery = Delivery.Confirmed } : other);
            var next = world.Database.RelayHolder == relay ? Due([.. confirmed]) : WithoutWaiting(confirmed);
            yield return new Step(With(left, relay, next), "relay: has the confirm, assignment", assignment, version);
        }

        var rest = hands.Where(other => other.Assignment != assignment || other.Version < version);
        yield return new Step(With(left, relay, [.. rest]), "relay: gives up assignment", assignment, version);

        // The versions behind it wait for this one alone.
        Values<Publish> WithoutWaiting(IEnumerable<Publish> rows) =>
            [.. rows.Where(other => other.Delivery != Delivery.Waiting || other.Assignment != assignment)];
    }

    /// <summary>The versions of an assignment follow each other, each when the one before is confirmed.</summary>
    private Values<Publish> Due(Values<Publish> rows)
    {
        bool IsDue(Publish row) =>
            scenario.Breaks(Mutation.VersionsInParallel)
            || rows.All(other =>
                other.Assignment != row.Assignment
                || other.Version >= row.Version
                || other.Delivery == Delivery.Confirmed
            );
        return
        [
            .. rows.Select(row =>
                row.Delivery == Delivery.Waiting && IsDue(row) ? row with { Delivery = Delivery.UnderWay } : row
            ),
        ];
    }

    /// <summary>read_pending.sql: the oldest rows, by row. In the order of assignments and versions, which is all that counts.</summary>
    private Values<Publish> Read(World world) =>
        [
            .. world
                .Database.Outbox.Where(row => row.Visible || scenario.Breaks(Mutation.OutboxReadUncommitted))
                .Where(row => !row.Passed)
                .Take(scenario.BatchSize)
                .Select(row => new Publish(row.Assignment, row.Version, Delivery.Waiting))
                .OrderBy(row => (row.Assignment, row.Version)),
        ];

    /// <summary>remove_confirmed.sql: by row, so that it may be done twice.</summary>
    private World Settle(World world, Values<Publish> hands)
    {
        var outbox = world.Database.Outbox;
        var passed = scenario.Breaks(Mutation.OutboxReadByHighestSequence) ? HighestSettled() + 1 : 0;
        var rest = outbox
            .Select((row, i) => row with { Passed = row.Passed || i < passed })
            .Where(row => !IsConfirmed(row));
        return world with { Database = world.Database with { Outbox = [.. rest] } };

        bool IsConfirmed(OutboxRow row) => hands.Contains(new Publish(row.Assignment, row.Version, Delivery.Confirmed));

        // Not past a row that it has seen and not settled: the position is kept as well as a position can be.
        int HighestSettled() =>
            outbox
                .TakeWhile(row => !row.Visible || row.Passed || IsConfirmed(row))
                .Select((row, i) => IsConfirmed(row) ? i : -1)
                .Append(-1)
                .Max();
    }

    private static World Take(World world, Message message)
    {
        var taken = world.Broker.Taken[message.Assignment].And(message.Version);
        var strays = world.Broker.Strays.Where(stray => stray != message);
        return world with { Broker = new Broker(world.Broker.Taken.With(message.Assignment, taken), [.. strays]) };
    }

    /// <summary>A message that nobody waits for. Two of the same are one: what the broker has taken it may take again.</summary>
    public static Broker Astray(Broker broker, Message message) =>
        broker with
        {
            Strays = [.. broker.Strays.Append(message).Distinct().OrderBy(m => (m.Assignment, m.Version))],
        };

    private static World With(World world, int relay, Values<Publish> hands) =>
        world with
        {
            Relays = world.Relays.With(relay, hands),
        };
}
