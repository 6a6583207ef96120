using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Service.Http.Api.Queries;

/// <summary>Where a puller begins.</summary>
/// <param name="Sequence">Null for now: what is stored from here on.</param>
internal readonly record struct FeedStart(long? Sequence);

/// <summary>The parameters of the event feed.</summary>
internal static class EventQuery
{
    private const string Latest = "latest";

    public static readonly QueryParameter After = new(
        "after",
        QueryForm.Text,
        "Only events above this sequence: `next` of the answer before. `latest` begins at the horizon, with what is stored from now on."
    )
    {
        Default = "0",
    };

    private static readonly QueryParameter Kinds = new("kinds", QueryForm.Words, "Only these kinds of change.")
    {
        Allowed = Words.Of<ChangeKind>(),
    };

    private static readonly QueryParameter Statuses = Parameters.Statuses(
        "statuses",
        "Only changes to these statuses."
    );

    private static readonly QueryParameter Assignment = new(
        "assignment",
        QueryForm.Text,
        "Only this assignment, by its id as messages carry it."
    );

    private static readonly QueryParameter Baseline = new(
        "baseline",
        QueryForm.Flag,
        "Whether the past is meant too that was recorded at a company's first start and never published."
    )
    {
        Default = "false",
    };

    private static readonly QueryParameter[] Filters =
    [
        Kinds,
        Statuses,
        Parameters.Companies,
        Parameters.Employee,
        Assignment,
        Baseline,
    ];

    // A course becomes known with a roster, long after the first events of an assignment: they would begin to match below
    // what has been read, and the feed promises that nothing does.
    private const string NoCourse =
        "The feed cannot be narrowed to a course: which course an assignment is of may become known after its events were "
        + "read, and they would be missed. Read the feed whole and choose, ask for a replay (POST /api/replays), or read "
        + "/api/assignments and their history.";

    private static readonly Dictionary<string, string> Declined = new()
    {
        [Parameters.Course.Name] = NoCourse,
        [Parameters.CourseSerial.Name] = NoCourse,
    };

    public static readonly QueryParameters OfPages = new([After, Parameters.Limit, .. Filters]) { Declined = Declined };

    public static readonly QueryParameters OfStreams = new([After, .. Filters]) { Declined = Declined };

    public static EventFilter ReadFilter(QueryReader query, IReadOnlyList<Company> configured) =>
        new()
        {
            Companies = query.ReadCompanies(configured),
            EmployeeId = query.Text(Parameters.Employee),
            AssignmentId = query.Text(Assignment) is { } id ? new AssignmentId(id) : null,
            Statuses = query.Words<CourseStatus>(Statuses),
            Kinds = query.Words<ChangeKind>(Kinds),
            Baseline = query.Flag(Baseline),
        };

    public static FeedStart ReadStart(QueryReader query) => ReadStart(query, query.Text(After), After.Name);

    /// <summary>A sequence, or <c>latest</c>.</summary>
    /// <param name="name">Whose value it is, for the fault.</param>
    public static FeedStart ReadStart(QueryReader query, string? text, string name)
    {
        if (text == Latest)
            return new FeedStart(null);
        if (text is null)
            return new FeedStart(0);
        if (!long.TryParse(text, System.Globalization.NumberStyles.None, null, out var sequence))
            query.Refuse(name, $"'{name}' is '{text}'; it may be a sequence, 0 or more, or '{Latest}'.");
        return new FeedStart(sequence);
    }
}
