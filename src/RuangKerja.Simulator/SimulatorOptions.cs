using RuangKerja.Simulator.Life;

namespace RuangKerja.Simulator;

/// <summary>What a simulator is made of. Two simulators with equal options live the same life, step for step.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Seeds every choice: people, courses, first statuses and the life after. Any integer; default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The companies that have credentials here, each with its own population. At least one, names and client ids unique.</summary>
    public IReadOnlyList<CompanyOptions> Companies { get; init; } = [new()];

    /// <summary>Employees per company at the start. 1 or more; default 200.</summary>
    public int Employees { get; init; } = 200;

    /// <summary>Online courses per company. 1 or more; default 12.</summary>
    public int Courses { get; init; } = 12;

    /// <summary>
    /// Further catalogue entries that have no online roster. 0 or more; default 2: by turns a webinar, whose online
    /// roster is an empty page, and an offline course, whose online roster is an error.
    /// </summary>
    public int CoursesWithoutRoster { get; init; } = 2;

    /// <summary>
    /// Further online courses per company that have the names of the first ones: the feed does not tell which course a row means.
    /// 0 or more; default 0.
    /// </summary>
    public int SameNamedCourses { get; init; }

    /// <summary>Courses each employee holds at the start. 0 to <see cref="Courses"/>; default 3.</summary>
    public int AssignmentsPerEmployee { get; init; } = 3;

    /// <summary>Live steps per minute over all companies together. 0 (nothing moves by itself) to 60000; default 60.</summary>
    public double TransitionsPerMinute { get; init; } = 60;

    /// <summary>Life never moves one assignment twice within this time. 0 or more; default 20 s.</summary>
    public TimeSpan MinimumDwell { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Share of live steps that give an employee a further course. 0 to 1; default 0.3. When everybody holds every course
    /// a new employee joins; with 0 the population is closed and, once all is done, lives on retakes alone.
    /// </summary>
    public double NewAssignmentShare { get; init; } = 0.3;

    /// <summary>
    /// Share of live steps that touch an assignment in progress: <c>updatedAt</c>, time spent and scores move, the status stays, and
    /// the ledger does not tell of it. 0 to 1; default 0.
    /// </summary>
    public double TouchShare { get; init; }

    /// <summary>How far before the start the first <c>updatedAt</c> values reach. 0 or more; default 30 days.</summary>
    public TimeSpan History { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long an access token is accepted. Whole seconds, above 0; default 43199 s.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromSeconds(43_199);

    /// <summary>Whether life moves from the start; default true. A paused life can be resumed at any time.</summary>
    public bool Alive { get; init; } = true;

    /// <summary>
    /// Whether the upstream's own failure bodies come with HTTP 200, since which status goes with them is not documented.
    /// Default false: 400, 403 and 404.
    /// </summary>
    public bool FailuresAsHttp200 { get; init; }

    /// <summary>Which ends of a window belong to it. Default: both, as this project reads the documentation.</summary>
    public WindowEnds WindowEnds { get; init; }

    /// <summary>How many of the latest requests are remembered whole; all are counted. 0 or more; default 1000.</summary>
    public int RememberedRequests { get; init; } = 1_000;

    /// <summary>Every option outside the range stated on its member, in words; none when all is well.</summary>
    public IReadOnlyList<string> Faults() => [.. FindFaults()];

    private IEnumerable<string> FindFaults()
    {
        if (Companies.Count == 0)
            yield return "Companies: at least one is needed.";
        if (Companies.Select(company => company.Name).Distinct().Count() < Companies.Count)
            yield return "Companies: names must differ.";
        if (Companies.Select(company => company.ClientId).Distinct().Count() < Companies.Count)
            yield return "Companies: client ids must differ.";
        if (Employees < 1)
            yield return $"Employees: {Employees}, allowed is 1 or more.";
        if (Courses < 1)
            yield return $"Courses: {Courses}, allowed is 1 or more.";
        if (CoursesWithoutRoster < 0)
            yield return $"CoursesWithoutRoster: {CoursesWithoutRoster}, allowed is 0 or more.";
        if (SameNamedCourses < 0)
            yield return $"SameNamedCourses: {SameNamedCourses}, allowed is 0 or more.";
        if (AssignmentsPerEmployee < 0 || AssignmentsPerEmployee > Courses)
            yield return $"AssignmentsPerEmployee: {AssignmentsPerEmployee}, allowed is 0 to Courses ({Courses}).";
        if (Companies.FirstOrDefault(company => company.UtcOffset.Duration() > TimeSpan.FromHours(14)) is { } far)
            yield return $"Companies: UtcOffset {far.UtcOffset}, allowed is -14:00 to +14:00.";
        if (!LifeSchedule.IsRate(TransitionsPerMinute))
            yield return $"TransitionsPerMinute: {TransitionsPerMinute}, allowed is 0 to {LifeSchedule.FastestRate}.";
        if (NewAssignmentShare is not (>= 0 and <= 1))
            yield return $"NewAssignmentShare: {NewAssignmentShare}, allowed is 0 to 1.";
        if (TouchShare is not (>= 0 and <= 1))
            yield return $"TouchShare: {TouchShare}, allowed is 0 to 1.";
        if (MinimumDwell < TimeSpan.Zero)
            yield return $"MinimumDwell: {MinimumDwell}, allowed is 0 or more.";
        if (History < TimeSpan.Zero)
            yield return $"History: {History}, allowed is 0 or more.";
        if (TokenLifetime < TimeSpan.FromSeconds(1))
            yield return $"TokenLifetime: {TokenLifetime}, allowed is 1 s or more.";
        if (!Enum.IsDefined(WindowEnds))
            yield return $"WindowEnds: {WindowEnds}, allowed is {string.Join(", ", Enum.GetNames<WindowEnds>())}.";
        if (RememberedRequests < 0)
            yield return $"RememberedRequests: {RememberedRequests}, allowed is 0 or more.";
    }
}
