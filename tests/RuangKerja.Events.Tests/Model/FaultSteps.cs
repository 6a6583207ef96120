namespace RuangKerja.Events.Tests.Model;

/// <summary>
/// A crash empties the hands of an instance and nothing else: what it sent may still arrive. A lease that runs out while
/// its holder is only paused leaves it everything. An instance that has nothing in its hands is not worth either.
/// </summary>
internal static class FaultSteps
{
    public static IEnumerable<Step> Of(World world)
    {
        if (world.Faults == 0)
            yield break;

        var after = world with { Faults = world.Faults - 1 };
        for (var i = 0; i < world.Relays.Count; i++)
        {
            if (!IsIdle(world, i))
                yield return new Step(Crash(after, i), "CRASH of instance", i, IsFault: true);
        }

        for (var i = 0; i < world.Writers.Count; i++)
        {
            if (world.Writers[i].Phase == Phase.Sent)
                yield return new Step(Leave(after, i), "writer: cannot read back in time", i, IsFault: true);
        }

        if (world.Relays.Count < 2)
            yield break;

        var (feed, relay) = (world.Database.FeedHolder, world.Database.RelayHolder);
        if (world.Writers[feed].Phase != Phase.Idle)
        {
            var database = world.Database with { FeedHolder = 1 - feed };
            yield return new Step(
                after with
                {
                    Database = database,
                },
                "the feed's lease goes to",
                1 - feed,
                IsFault: true
            );
        }

        if (world.Relays[relay].Count > 0)
        {
            var database = world.Database with { RelayHolder = 1 - relay };
            yield return new Step(
                after with
                {
                    Database = database,
                },
                "the relay's lease goes to",
                1 - relay,
                IsFault: true
            );
        }
    }

    private static IEnumerable<int> WritersOf(World world, int instance) =>
        Enumerable.Range(0, world.Writers.Count).Where(w => w % world.Relays.Count == instance);

    private static bool IsIdle(World world, int instance) =>
        world.Relays[instance].Count == 0 && WritersOf(world, instance).All(w => world.Writers[w].Phase == Phase.Idle);

    private static World Crash(World world, int instance)
    {
        foreach (var writer in WritersOf(world, instance))
            world = Leave(world, writer);

        var broker = world.Broker;
        foreach (var (assignment, version, delivery) in world.Relays[instance])
        {
            if (delivery == Delivery.UnderWay && !broker.Has(assignment, version))
                broker = RelaySteps.Astray(broker, new Message(assignment, version));
        }

        return world with
        {
            Broker = broker,
            Relays = world.Relays.With(instance, []),
        };
    }

    private static World Leave(World world, int writer)
    {
        var hands = world.Writers[writer];
        var orphans = world.Database.Orphans;
        if (hands is { Phase: Phase.Sent, Commit: { } commit })
            orphans = orphans.And(commit);
        return world with
        {
            Writers = world.Writers.With(writer, Writer.Idle),
            Database = world.Database with { Orphans = orphans },
        };
    }
}
