using System.Text.Json;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Ledger;
using RuangKerja.Simulator.People;

namespace RuangKerja.Events.IntegrationTests.EndToEnd;

/// <summary>What assignments were at an instant, by our history, against what they truly were and what was known then.</summary>
[Trait("Promise", "P6")]
public sealed class When_the_past_is_asked_for(Servers servers)
{
    private const int Questions = 400;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // So lively that steps collapse between two polls.
    private static readonly SimulatorOptions Lively = new()
    {
        Employees = 30,
        Courses = 6,
        TransitionsPerMinute = 1_500,
        MinimumDwell = TimeSpan.FromSeconds(2),
    };

    [Fact]
    public async Task Should_tell_what_was_true_and_what_was_known_at_any_instant()
    {
        await using var deployment = await Deployment.PrepareAsync(servers, Lively);
        // The feed tells to the second when something happened; a roster tells the day, or nothing.
        deployment.SweepAs(new RosterOptions { Enabled = false });
        await deployment.StartPipelineAsync();
        await deployment.WaitForBootstrapAsync();
        var looks = new List<Look>();

        await LiveAsync(deployment, transitions: 120, looks);
        await deployment.StopPipelineAsync();
        await LiveAsync(deployment, transitions: 120, looks);
        await deployment.StartPipelineAsync();
        await LiveAsync(deployment, transitions: 120, looks);

        await using var database = new Database(deployment.Options.Storage);
        var history = new PostgresEventHistory(database);
        var truth = deployment
            .Simulator.Ledger.After()
            .GroupBy(entry => (entry.EmployeeId, entry.AssignedCourseSerial, entry.CourseName))
            .ToDictionary(group => group.Key, group => group.ToList());
        await Wait.Until(
            async () => IsAllKnown(await ListAsync(history), truth),
            Patience,
            "all that happened to be known"
        );

        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        var timelines = await ReadTimelinesAsync(history);
        timelines.Count.ShouldBe(truth.Count);
        AskWhatWasTrue(timelines, truth, random, $"seed {seed}");
        AskWhatWasKnown(timelines, looks, random, $"seed {seed}");
    }

    private static void AskWhatWasTrue(
        IReadOnlyDictionary<string, (CourseStatusSnapshot Now, Timeline Timeline)> timelines,
        Dictionary<(string, string, string), List<LedgerEntry>> truth,
        Random random,
        string run
    )
    {
        var all = timelines.Values.ToList();
        var live = truth.Values.SelectMany(entries => entries).Where(entry => !entry.Initial).Select(entry => entry.At);
        var (from, to) = (live.Min().AddSeconds(-5), live.Max().AddSeconds(5));
        var (seen, before) = (0, 0);
        for (var question = 0; question < Questions; question++)
        {
            var (now, timeline) = all[random.Next(all.Count)];
            var instant = from + ((to - from) * random.NextDouble());
            var entries = truth[(now.EmployeeId, now.AssignedCourseSerial!, now.CourseName)];
            var state = timeline.AsOf(instant, TimeBasis.Occurred);
            var what = $"{now.Id} at {instant:O}, {run}";

            var (last, expected) = LastSeen(entries, timeline, instant);
            if (expected is null)
            {
                state.ShouldBeNull(what);
                before++;
                continue;
            }

            state.ShouldNotBeNull(what);
            Word(state.Change!.Status).ShouldBe(expected.To.Word(), what);
            state.Change.OccurredAt.ShouldBe(expected.At, what);
            if (ReferenceEquals(last, expected))
                seen++;
        }

        // Most steps were seen, and some were not: both kinds were asked for.
        seen.ShouldBeGreaterThan(Questions / 2, run);
        (Questions - before).ShouldBeGreaterThan(seen, $"steps that collapsed; {run}");
    }

    /// <summary>
    /// What had truly happened last at the instant; and the last of what was ever seen, since of steps that collapsed between
    /// two polls only the last one is known, for ever.
    /// </summary>
    private static (LedgerEntry? Last, LedgerEntry? Seen) LastSeen(
        List<LedgerEntry> entries,
        Timeline timeline,
        DateTimeOffset instant
    )
    {
        var happened = entries.Where(entry => entry.At <= instant).ToList();
        var seen = happened.LastOrDefault(entry =>
            timeline.Events.Any(stored =>
                stored.Change!.OccurredAt == entry.At && Word(stored.Change.Status) == entry.To.Word()
            )
        );
        return (happened.LastOrDefault(), seen);
    }

    private static void AskWhatWasKnown(
        IReadOnlyDictionary<string, (CourseStatusSnapshot Now, Timeline Timeline)> timelines,
        List<Look> looks,
        Random random,
        string run
    )
    {
        var same = 0;
        for (var question = 0; question < Questions; question++)
        {
            var look = looks[random.Next(looks.Count)];
            var (id, version) = look.Versions[random.Next(look.Versions.Count)];
            var timeline = timelines[id].Timeline;
            var known = timeline.AsOf(look.At, TimeBasis.Recorded)?.Version ?? 0;
            // An event is recorded when its transaction begins, and seen when it is over.
            var longAgo = timeline.AsOf(look.At - Patience, TimeBasis.Recorded)?.Version ?? 0;

            version.ShouldBeInRange(longAgo, known, $"{id} at {look.At:O}, {run}");
            if (version == known)
                same++;
        }

        same.ShouldBeGreaterThan(Questions * 9 / 10, run);
    }

    /// <summary>Lets life go on, and looks now and then at what is known.</summary>
    private static async Task LiveAsync(Deployment deployment, int transitions, List<Look> looks)
    {
        var end = deployment.Simulator.Ledger.LastSeq + transitions;
        deployment.Simulator.Resume();
        await Wait.Until(
            async () =>
            {
                looks.Add(await LookAsync(deployment));
                return deployment.Simulator.Ledger.LastSeq >= end;
            },
            Patience,
            $"{transitions} transitions"
        );
        deployment.Simulator.Pause();
    }

    private static async Task<Look> LookAsync(Deployment deployment)
    {
        var rows = await deployment.ColumnAsync(
            "select json_build_object('id', id, 'version', (data ->> 'version')::bigint, 'at', clock_timestamp())::text "
                + "from ruangkerja.mt_doc_coursestatussnapshot"
        );
        var read = rows.Select(row => JsonDocument.Parse(row).RootElement).ToList();
        return new Look(
            read.Max(row => row.GetProperty("at").GetDateTimeOffset()),
            [.. read.Select(row => (row.GetProperty("id").GetString()!, row.GetProperty("version").GetInt64()))]
        );
    }

    private static bool IsAllKnown(
        IReadOnlyList<StoredAssignment> known,
        Dictionary<(string, string, string), List<LedgerEntry>> truth
    ) =>
        known.Count == truth.Count
        && known.All(one =>
            truth[(one.Snapshot.EmployeeId, one.Snapshot.AssignedCourseSerial!, one.Snapshot.CourseName)][^1].To.Word()
            == Word(one.Snapshot.Status)
        );

    private static Task<IReadOnlyList<StoredAssignment>> ListAsync(PostgresEventHistory history) =>
        history.ListAssignmentsAsync(new AssignmentFilter(), after: null, 1_000, CancellationToken.None);

    private static async Task<
        IReadOnlyDictionary<string, (CourseStatusSnapshot Now, Timeline Timeline)>
    > ReadTimelinesAsync(PostgresEventHistory history)
    {
        var timelines = new Dictionary<string, (CourseStatusSnapshot, Timeline)>();
        foreach (var (company, snapshot) in await ListAsync(history))
        {
            var reference = new AssignmentReference(company, new AssignmentId(snapshot.Id));
            var events = await history.ReadTimelineAsync(reference, CancellationToken.None);
            timelines[snapshot.Id] = (snapshot, new Timeline(events));
        }

        return timelines;
    }

    private static string Word(CourseStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{status}");

    /// <summary>The versions of all snapshots at one instant, by the database's clock.</summary>
    private sealed record Look(DateTimeOffset At, IReadOnlyList<(string Id, long Version)> Versions);
}
