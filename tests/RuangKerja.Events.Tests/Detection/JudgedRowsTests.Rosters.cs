using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;

namespace RuangKerja.Events.Tests.Detection;

public sealed partial class JudgedRowsTests
{
    private static readonly CatalogueCourse Course = new("COURSE-1", "<b>Keselamatan</b> Kerja");
    private static readonly TimeZoneInfo Jakarta = TimeZoneInfo.FindSystemTimeZoneById("Asia/Jakarta");

    private static readonly RosterRow GoodOfRoster = new(
        "ID-1",
        PreTest: 0,
        PostTest: 100,
        TimeSpentSeconds: 0,
        CompletedAt: "2026-01-31",
        Status: "completed",
        Raw: "{}",
        Malformations: []
    );

    /// <summary>A bad item of a roster, as the API sends it, and the reason a person reads in the quarantine.</summary>
    public static readonly TheoryData<string, string> BadOfRoster = new()
    {
        {
            Item(status: "\"done\""),
            "status 'done' is not known; known are not_started, in_progress, completed, failed, expired."
        },
        { Item(status: "\"\""), "status is missing or empty." },
        { Item(status: "3"), "status is a number, expected a string" },
        { Item(user: "{}"), "user.employeeID is missing or empty." },
        { Item(user: """{"employeeID":" "}"""), "user.employeeID is missing or empty." },
        { Item(user: "null"), "user is null, expected an object" },
        { """{"status":"completed"}""", "user is absent, expected an object" },
        { Item(user: """{"employeeID":"ID\u001b1"}"""), "user.employeeID 'ID\uFFFD1' contains a control character." },
        {
            Item(user: """{"employeeID":"ID\u00001"}"""),
            "user.employeeID 'ID\uFFFD1' contains U+0000, which PostgreSQL cannot store."
        },
        {
            Item(user: $$"""{"employeeID":"{{new string('x', 513)}}"}"""),
            "user.employeeID has 513 characters; at most 512 are allowed."
        },
        {
            Item(user: $$"""{"employeeID":"{{new string('é', 400)}}"}"""),
            "courseSerial and user.employeeID make an id of 2409 bytes; at most 2000 can be indexed."
        },
        { Item(preTest: "101"), "preTest is 101; a score is 0 to 100, or null." },
        { Item(postTest: "-1"), "postTest is -1; a score is 0 to 100, or null." },
        { Item(postTest: "100.5"), "postTest is 100.5; a score is 0 to 100, or null." },
        // JSON has no such number.
        { Item(preTest: "\"NaN\""), "preTest is a string, expected a number or null" },
        { Item(timeSpent: "-1"), "timeSpent is -1 seconds; it cannot be less than none." },
        { Item(completedAt: "2026-01-31\u007F"), "completedAt '2026-01-31\uFFFD' is not a date, such as 2026-01-31." },
        { Item(completedAt: "2026-02-30"), "completedAt '2026-02-30' is not a date, such as 2026-01-31." },
        {
            Item(completedAt: "2026-01-31T09:30:00Z"),
            "completedAt '2026-01-31T09:30:00Z' is not a date, such as 2026-01-31."
        },
        {
            Item(completedAt: "2026-02-04"),
            "completedAt '2026-02-04' is not plausible: it is not between 1990 and tomorrow."
        },
        {
            Item(completedAt: "1989-12-31"),
            "completedAt '1989-12-31' is not plausible: it is not between 1990 and tomorrow."
        },
    };

    [Theory]
    [MemberData(nameof(BadOfRoster))]
    public void Bad_item_of_a_roster_is_rejected_with_its_reason_and_its_neighbour_goes_on(string item, string reason)
    {
        var judged = Judge(RosterRow.Parse(item), GoodOfRoster);

        var rejected = judged.Rejected.ShouldHaveSingleItem();
        rejected.Reasons.ShouldContain(reason);
        rejected.Raw.ShouldBe(item);
        rejected.RosterOf.ShouldBe(Course);
        judged.Accepted.ShouldHaveSingleItem().EmployeeId.ShouldBe("ID-1");
    }

    [Fact]
    public void Monstrous_texts_are_rejected_without_being_repeated()
    {
        var monster = new string('x', 10_000_000);

        var ofRoster = Judge(GoodOfRoster with { EmployeeId = monster, Status = monster }).Rejected.Single();
        ofRoster.Reasons.ShouldContain("user.employeeID has 10000000 characters; at most 512 are allowed.");
        ofRoster.Reasons.ShouldAllBe(reason => reason.Length < 300);
        var ofFeed = JudgedRows.Judge([Good with { CourseName = monster }], Context).Rejected.Single();
        ofFeed.Reasons.ShouldBe(["courseName has 10000000 characters; at most 512 are allowed."]);
    }

    [Fact]
    public void Item_of_a_roster_is_read_as_it_stands()
    {
        var row = Judge(GoodOfRoster).Accepted.ShouldHaveSingleItem().ShouldBeOfType<RosterObservation>();

        (row.EmployeeId, row.Status, row.SeenAt).ShouldBe(("ID-1", CourseStatus.Completed, Now));
        (row.PreTest, row.PostTest, row.TimeSpentSeconds).ShouldBe((0, 100, 0));
        row.CompletedAt.ShouldBe(new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.FromHours(7)));
        (row.Course.Serial, row.Course.Name).ShouldBe(("COURSE-1", "<b>Keselamatan</b> Kerja"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Item_without_a_completion_scores_or_time_is_accepted(string? completedAt)
    {
        var bare = new RosterRow("ID-1", null, null, null, completedAt, "not_started", "{}", []);

        Judge(bare).Accepted.ShouldHaveSingleItem().ShouldBeOfType<RosterObservation>().CompletedAt.ShouldBeNull();
    }

    /// <summary>In the company's zone a day may begin long before it does in UTC: tomorrow's tomorrow is the last plausible one.</summary>
    [Theory]
    [InlineData("2026-02-03", true)]
    [InlineData("2026-02-04", false)]
    [InlineData("1990-01-01", true)]
    public void Plausible_days_end_after_tomorrow(string day, bool accepted) =>
        Judge(GoodOfRoster with { CompletedAt = day }).Accepted.Count.ShouldBe(accepted ? 1 : 0);

    [Fact]
    public void Midnight_that_the_clocks_skip_is_the_first_instant_after_them()
    {
        // Beirut, 2021-03-28: from midnight at once to one o'clock, three hours ahead of UTC.
        var beirut = TimeZoneInfo.FindSystemTimeZoneById("Asia/Beirut");
        var row = GoodOfRoster with { CompletedAt = "2021-03-28" };

        JudgedRows
            .Judge([row], Course, beirut, Context)
            .Accepted.Cast<RosterObservation>()
            .Single()
            .CompletedAt.ShouldBe(new DateTimeOffset(2021, 3, 28, 1, 0, 0, TimeSpan.FromHours(3)));
    }

    [Fact]
    public void Courses_that_no_serial_is_known_of_are_told_once()
    {
        var catalogue = new Catalogue([new("C-1", "Satu"), new("C-2", "Dua"), new("C-3", "Dua")]);
        FeedRow[] rows =
        [
            Good with
            {
                CourseName = "Satu",
            },
            Good with
            {
                CourseName = "Dua",
            },
            Good with
            {
                CourseName = "Dua",
            },
            Good with
            {
                CourseName = "Tiga",
            },
            Good with
            {
                CourseName = "Empat",
                Status = "done",
            },
        ];

        JudgedRows
            .Judge(rows, Context with { Catalogue = catalogue })
            .Unlinked.Select(course => (course.Name, course.Link))
            .ShouldBe([("Dua", CourseLink.Ambiguous), ("Tiga", CourseLink.Unknown)]);
    }

    private static JudgedRows Judge(params RosterRow[] rows) => JudgedRows.Judge(rows, Course, Jakarta, Context);

    private static string Item(
        string user = """{"employeeID":"ID-2"}""",
        string preTest = "null",
        string postTest = "null",
        string timeSpent = "60",
        string completedAt = "",
        string status = "\"completed\""
    ) =>
        $$"""{"user":{{user}},"preTest":{{preTest}},"postTest":{{postTest}},"timeSpent":{{timeSpent}},"completedAt":"{{completedAt}}","status":{{status}}}""";
}
