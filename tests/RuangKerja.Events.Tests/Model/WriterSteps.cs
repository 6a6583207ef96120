namespace RuangKerja.Events.Tests.Model;

/// <summary>
/// What pollers do, as <c>FeedCycle</c>, <c>FeedPieceWriter</c> and <c>ChunkWriter</c> do it. The lease is looked at when a
/// cycle begins, not after: who is paused in the middle goes on with what it holds.
/// </summary>
internal sealed class WriterSteps(Scenario scenario)
{
    private readonly Detecting _detecting = new(scenario.Histories);

    public IEnumerable<Step> Of(World world)
    {
        for (var i = 0; i < world.Writers.Count; i++)
        {
            switch (world.Writers[i].Phase)
            {
                case Phase.Idle when IsDue(world, i):
                    yield return Plan(world, i);
                    break;
                case Phase.Planned:
                    yield return Fetch(world, i);
                    break;
                case Phase.Fetched:
                    yield return Send(world, i);
                    break;
                case Phase.Committed:
                    yield return new Step(Proceed(world, i), "writer: the answer to COMMIT arrives", i);
                    yield return AskForBatch(
                        world,
                        i,
                        Proceed(world, i),
                        "writer: reads a lost batch back, it is there"
                    );
                    break;
                case Phase.Lost:
                    yield return AskForBatch(
                        world,
                        i,
                        With(world, i, Writer.Idle),
                        "writer: reads a lost batch back, it is not there"
                    );
                    break;
            }
        }
    }

    private bool IsBackfill(int writer) => writer == scenario.Instances;

    private bool IsDue(World world, int writer) =>
        IsBackfill(writer)
            ? !world.Database.Backfilled && world.Truth.Any(changes => changes > 0)
            : world.Database.FeedHolder == writer && !world.Truth.Equals(world.Database.Watermark);

    /// <summary>Windows end at now. An instant is told by what had happened by then: where nothing has, nothing is due.</summary>
    private Step Plan(World world, int writer)
    {
        var from = IsBackfill(writer) ? Values.Repeat(0, world.Truth.Count) : world.Database.Watermark;
        return new Step(
            With(world, writer, new Writer(Phase.Planned, from, world.Truth, [], Commit: null)),
            "writer: reads the progress and plans a window",
            writer
        );
    }

    /// <summary>The API shows the last change of each: not at all, where that is later than the window's end.</summary>
    private Step Fetch(World world, int writer)
    {
        var hands = world.Writers[writer];
        var rows = hands.To.Select((to, a) => world.Truth[a] == to && IsInWindow(hands, a) ? to : 0);
        var fetched = hands with { Phase = Phase.Fetched, Rows = [.. rows] };
        return new Step(With(world, writer, fetched), "writer: fetches the window", writer);
    }

    private bool IsInWindow(Writer hands, int assignment) =>
        scenario.Overlap || hands.To[assignment] > hands.From[assignment];

    /// <summary>
    /// Loads what a chunk touches, detects, and sends the commit. Nothing can come between loading and sending that could
    /// not come while the commit is on its way.
    /// </summary>
    private Step Send(World world, int writer)
    {
        var hands = world.Writers[writer];
        var writes = Chunk(hands)
            .Select(a => _detecting.Detect(a, world.Database.Streams[a], hands.Rows[a]))
            .OfType<Write>();
        var isLast = hands.Rows.Count(change => change > 0) <= scenario.ChunkRows;
        var commit = new Commit(IsBackfill(writer), hands.From, isLast ? hands.To : hands.From, [.. writes], false);
        return new Step(
            With(world, writer, hands with { Phase = Phase.Sent, Commit = commit }),
            isLast ? "writer: loads, detects, sends the last commit" : "writer: loads, detects, sends a commit",
            writer
        );
    }

    /// <summary>
    /// The answer was lost: the batch id is read back. Stored, the cycle goes on; not stored, it never will be, and the cycle
    /// fails. While the commit is under way that waits, and it is no step here.
    /// </summary>
    private Step AskForBatch(World world, int writer, World answered, string text) =>
        scenario.Breaks(Mutation.UnknownCommitSentAgain)
            ? new Step(To(world, writer, Phase.Sent), "writer: hears nothing and sends the commit again", writer)
            : new Step(answered, text, writer);

    /// <summary>A chunk is stored: on to the next one, or done.</summary>
    private World Proceed(World world, int writer)
    {
        var hands = world.Writers[writer];
        if (scenario.Breaks(Mutation.OutboxWrittenAfterwards))
            world = world with { Database = CommitRules.Queue(world.Database, hands.Commit!) };

        var rows = hands.Rows;
        foreach (var assignment in Chunk(hands))
            rows = rows.With(assignment, 0);
        return With(
            world,
            writer,
            rows.All(change => change == 0)
                ? Writer.Idle
                : hands with
                {
                    Phase = Phase.Fetched,
                    Rows = rows,
                    Commit = null,
                }
        );
    }

    private int[] Chunk(Writer hands) =>
        [.. Enumerable.Range(0, hands.Rows.Count).Where(a => hands.Rows[a] > 0).Take(scenario.ChunkRows)];

    private static World To(World world, int writer, Phase phase) =>
        With(world, writer, world.Writers[writer] with { Phase = phase });

    private static World With(World world, int writer, Writer hands) =>
        world with
        {
            Writers = world.Writers.With(writer, hands),
        };
}
