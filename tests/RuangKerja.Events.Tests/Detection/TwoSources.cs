using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using static RuangKerja.Events.Tests.Detection.Rows;

namespace RuangKerja.Events.Tests.Detection;

/// <summary>
/// Plays a true history to the store as the two sources would show it. The feed is polled every half minute, each poll after
/// the last is stored; rosters are asked at any time. Either shows what was up to a settle delay ago, and what it showed is
/// stored some seconds later, so that the two overtake each other.
/// </summary>
internal sealed class TwoSources(int seed)
{
    public const int SettleDelay = 120;
    private const int SafetyLag = 5;
    private const int Overlap = 900;
    private const int LatestStore = 20;
    private static readonly TimeZoneInfo Jakarta = TimeZoneInfo.FindSystemTimeZoneById("Asia/Jakarta");

    private readonly Random _random = new(seed);
    private readonly List<(int StoredAt, IReadOnlyList<Observation> Rows)> _shown = [];

    public MemoryStore Store { get; } = new();

    /// <summary>Which second of a history is drawn at random comes from the same seed.</summary>
    public Random Random => _random;

    /// <summary>The catalogue as the feed's poller knows it at a second.</summary>
    public Func<int, Catalogue> FeedCatalogue { get; init; } = _ => Rows.TwoCourses;

    /// <summary>What the courses are called at a second.</summary>
    public Func<int, Catalogue> Names { get; init; } = _ => Rows.TwoCourses;

    /// <summary>Polls the feed from the beginning to the given second.</summary>
    public void PollFeed(IReadOnlyList<TrueAssignment> truth, int until, int most = SettleDelay)
    {
        var watermark = -SafetyLag;
        for (var second = 0; second < until; )
        {
            var storedAt = second + _random.Next(0, LatestStore);
            Show(storedAt, FeedRows(truth, second, second - _random.Next(0, most + 1), watermark - Overlap));
            watermark = second - SafetyLag;
            second = storedAt + _random.Next(1, 30);
        }
    }

    /// <summary>Asks for the rosters of all courses at random seconds, one scan of a course after the other.</summary>
    public void AskRosters(IReadOnlyList<TrueAssignment> truth, int until, int from = 0)
    {
        foreach (var course in truth.Select(t => t.CourseSerial).Distinct().ToList())
        {
            var second = from + _random.Next(0, 400);
            while (second < until)
            {
                var storedAt = second + _random.Next(0, LatestStore);
                Show(storedAt, RosterRows(truth, course, second, second - _random.Next(0, SettleDelay + 1)));
                second = storedAt + _random.Next(1, 400);
            }
        }
    }

    /// <summary>What the feed shows of the given second when it is settled.</summary>
    public void ShowSettledFeed(IReadOnlyList<TrueAssignment> truth, int second) =>
        Show(second, FeedRows(truth, second, second, since: int.MinValue));

    /// <summary>What the rosters show of the given second when they are settled.</summary>
    public void ShowSettledRosters(IReadOnlyList<TrueAssignment> truth, int second)
    {
        foreach (var course in truth.Select(t => t.CourseSerial).Distinct())
            Show(second, RosterRows(truth, course, second, second));
    }

    /// <summary>Stores all that was shown, in the order in which it is stored.</summary>
    public void StoreAll()
    {
        foreach (var (storedAt, rows) in _shown.OrderBy(shown => shown.StoredAt))
        {
            // An answer is stored in parts of any size, and may hold a row twice.
            var repeated = rows.Concat(rows.Where(_ => _random.Next(4) == 0)).ToArray();
            _random.Shuffle(repeated);
            foreach (var part in repeated.Chunk(_random.Next(1, 5)))
                Store.Take(part, Live with { DetectedAt = Epoch.AddSeconds(storedAt) });
        }

        _shown.Clear();
    }

    /// <summary>The rows of a feed's answer: given at one second, true of another, of all that was updated since a third.</summary>
    public IReadOnlyList<Observation> FeedRows(IReadOnlyList<TrueAssignment> truth, int askedAt, int asOf, int since) =>
        [
            .. truth
                .Where(t => t.At(asOf) is not null && t.UpdatedAt(asOf) >= since)
                .Where(t => t.UpdatedAt(asOf) <= askedAt - SafetyLag)
                .Select(t => new FeedObservation(
                    t.Serial,
                    t.EmployeeId,
                    FeedCatalogue(askedAt).Named(Names(askedAt).Courses.First(c => c.Serial == t.CourseSerial).Name),
                    t.At(asOf)!.Status,
                    Epoch.AddSeconds(t.UpdatedAt(asOf)),
                    LastCompletion(t, asOf),
                    SeenAt: Epoch.AddSeconds(askedAt)
                )),
        ];

    /// <summary>The rows of a course's roster; of an employee's several assignments of the course the one that changed last.</summary>
    public IReadOnlyList<Observation> RosterRows(
        IReadOnlyList<TrueAssignment> truth,
        string course,
        int askedAt,
        int asOf
    ) =>
        [
            .. truth
                .Where(t => t.CourseSerial == course && t.At(asOf) is not null)
                .GroupBy(t => t.EmployeeId)
                .Select(several => several.MaxBy(t => t.At(asOf)!.Second)!)
                .Select(t => new RosterObservation(
                    t.EmployeeId,
                    Names(askedAt).Rostered(Names(askedAt).Courses.First(c => c.Serial == course)),
                    t.At(asOf)!.Status,
                    DayOf(LastCompletion(t, asOf)),
                    PreTest: null,
                    PostTest: t.At(asOf)!.Status == CourseStatus.Completed ? 80 : null,
                    TimeSpentSeconds: asOf,
                    SeenAt: Epoch.AddSeconds(askedAt)
                )),
        ];

    private void Show(int storedAt, IReadOnlyList<Observation> rows) => _shown.Add((storedAt, rows));

    /// <summary>Left over while a retake is under way, as the API does it.</summary>
    private static DateTimeOffset? LastCompletion(TrueAssignment assignment, int second) =>
        assignment.Moves.LastOrDefault(m => m.Second <= second && m.Status == CourseStatus.Completed) is { } completion
            ? Epoch.AddSeconds(completion.Second)
            : null;

    private static DateTimeOffset? DayOf(DateTimeOffset? instant)
    {
        if (instant is null)
            return null;
        var local = TimeZoneInfo.ConvertTime(instant.Value, Jakarta);
        return new DateTimeOffset(local.Date, local.Offset);
    }
}
