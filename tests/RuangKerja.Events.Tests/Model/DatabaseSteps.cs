namespace RuangKerja.Events.Tests.Model;

/// <summary>
/// What becomes of commits under way, whether their senders are still there or not: their statements run, or fail on what
/// another writer did first; their COMMIT comes, or is lost on the way.
/// </summary>
internal sealed class DatabaseSteps(Scenario scenario)
{
    public IEnumerable<Step> Of(World world)
    {
        for (var i = 0; i < world.Writers.Count; i++)
        {
            if (world.Writers[i] is { Phase: Phase.Sent, Commit: { } commit } hands)
            {
                var writer = i;
                foreach (var step in Decide(world, commit, "", next => After(world, writer, hands, next)))
                    yield return step;
            }
        }

        for (var i = 0; i < world.Database.Orphans.Count; i++)
        {
            var orphans = world.Database.Orphans;
            var rest = (Values<Commit>)[.. orphans.Where((_, other) => other != i)];
            foreach (var step in Decide(world, orphans[i], " of one that is gone", next => Left(world, rest, next)))
                yield return step;
        }
    }

    private IEnumerable<Step> Decide(World world, Commit commit, string whose, Func<Outcome, World> after)
    {
        var database = world.Database;
        if (commit.IsOpen)
        {
            var applied = CommitRules.Apply(database, commit);
            yield return new Step(after(new Outcome(Phase.Committed, applied)), "database: COMMIT" + whose);
        }
        else if (!CommitRules.MustWait(commit, Open(world)))
        {
            yield return Run(database, commit, whose, after);
        }

        var rolledBack = commit.IsOpen ? CommitRules.RollBack(database, commit) : database;
        yield return new Step(after(new Outcome(Phase.Lost, rolledBack)), "database: loses the commit" + whose);
    }

    private Step Run(Database database, Commit commit, string whose, Func<Outcome, World> after)
    {
        if (!CommitRules.ProgressStands(database, commit, scenario))
            return new Step(after(new Outcome(Phase.Idle, database)), "database: the progress has moved" + whose);
        if (!CommitRules.StreamsStand(database, commit, scenario))
            return new Step(after(new Outcome(Phase.Fetched, database)), "database: an assignment has moved" + whose);

        var opened = CommitRules.Open(database, commit, scenario);
        var outcome = new Outcome(Phase.Sent, opened, commit with { IsOpen = true });
        return new Step(after(outcome), "database: runs the statements" + whose);
    }

    /// <summary>Commits that nobody waits for and that will only fail are as good as gone.</summary>
    private Database WithoutDoomed(Database database) =>
        database with
        {
            Orphans = [.. database.Orphans.Where(orphan => CommitRules.CanStand(database, orphan, scenario))],
        };

    private static IEnumerable<Commit> Open(World world) =>
        world
            .Writers.Where(writer => writer.Phase == Phase.Sent)
            .Select(writer => writer.Commit!)
            .Concat(world.Database.Orphans)
            .Where(commit => commit.IsOpen);

    /// <summary>ProgressMoved ends the cycle, AssignmentMoved means loading and detecting again.</summary>
    private World After(World world, int writer, Writer hands, Outcome outcome)
    {
        var next = outcome.Phase switch
        {
            Phase.Idle => Writer.Idle,
            Phase.Sent => hands with { Commit = outcome.Open },
            Phase.Fetched => hands with { Phase = Phase.Fetched, Commit = null },
            _ => hands with { Phase = outcome.Phase, Commit = hands.Commit! with { IsOpen = false } },
        };
        return world with { Database = WithoutDoomed(outcome.Database), Writers = world.Writers.With(writer, next) };
    }

    private World Left(World world, Values<Commit> rest, Outcome outcome) =>
        world with
        {
            Database = WithoutDoomed(
                outcome.Database with
                {
                    Orphans = outcome.Open is { } open ? rest.And(open) : rest,
                }
            ),
        };

    // Phase: what the sender is to do next, when it is still there.
    private sealed record Outcome(Phase Phase, Database Database, Commit? Open = null);
}
