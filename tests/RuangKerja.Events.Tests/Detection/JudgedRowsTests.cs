using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;

namespace RuangKerja.Events.Tests.Detection;

public sealed partial class JudgedRowsTests
{
    private static readonly DateTimeOffset Now = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly RowContext Context = new(SeenAt: Now, Now, Catalogue.Empty);

    private static readonly FeedRow Good = new(
        "ASGC-1",
        "ID-1",
        "Keselamatan Kerja",
        CompletedAt: "",
        UpdatedAt: "2026-01-31T09:30:00+07:00",
        Status: "in_progress",
        Raw: "{}",
        Malformations: []
    );

    /// <summary>A bad row and the reason a person reads in the quarantine.</summary>
    public static readonly TheoryData<FeedRow, string> Bad = new()
    {
        { Good with { AssignedCourseSerial = null }, "assignedCourseSerial is missing or empty." },
        { Good with { EmployeeId = "  " }, "employeeID is missing or empty." },
        { Good with { CourseName = "" }, "courseName is missing or empty." },
        { Good with { CourseName = new string('x', 513) }, "courseName has 513 characters; at most 512 are allowed." },
        { Good with { EmployeeId = "ID\n1" }, "employeeID 'ID\uFFFD1' contains a control character." },
        { Good with { CourseName = "a\0b" }, "courseName 'a\uFFFDb' contains U+0000, which PostgreSQL cannot store." },
        { Good with { EmployeeId = "ID\u007F1" }, "employeeID 'ID\uFFFD1' contains bytes that are not UTF-8 text." },
        { Good with { CourseName = "a\u007Fb" }, "courseName 'a\uFFFDb' contains bytes that are not UTF-8 text." },
        {
            Good with
            {
                Status = "complet\u007Fed",
            },
            "status 'complet\uFFFDed' is not known; known are not_started, in_progress, completed, failed, expired."
        },
        {
            Good with
            {
                UpdatedAt = "2026-01-31T09:30:00\u007FZ",
            },
            "updatedAt '2026-01-31T09:30:00\uFFFDZ' is not a date and time with an offset, such as 2026-01-31T09:30:00+07:00."
        },
        {
            Good with
            {
                Status = "done",
            },
            "status 'done' is not known; known are not_started, in_progress, completed, failed, expired."
        },
        { Good with { Status = null }, "status is missing or empty." },
        {
            Good with
            {
                UpdatedAt = "2026-01-31T09:30:00",
            },
            "updatedAt '2026-01-31T09:30:00' is not a date and time with an offset, such as 2026-01-31T09:30:00+07:00."
        },
        { Good with { UpdatedAt = null }, "updatedAt is missing or empty." },
        {
            Good with
            {
                UpdatedAt = "2026-02-02T00:00:01Z",
            },
            "updatedAt '2026-02-02T00:00:01Z' is not plausible: it is not between 1990 and tomorrow."
        },
        {
            Good with
            {
                UpdatedAt = "1989-12-31T23:59:59Z",
            },
            "updatedAt '1989-12-31T23:59:59Z' is not plausible: it is not between 1990 and tomorrow."
        },
        {
            Good with
            {
                CompletedAt = "yesterday",
            },
            "completedAt 'yesterday' is not a date and time with an offset, such as 2026-01-31T09:30:00+07:00."
        },
        {
            Good with
            {
                Malformations = ["status is a number, expected a string"],
            },
            "status is a number, expected a string"
        },
        {
            Good with
            {
                AssignedCourseSerial = new string('é', 400),
            },
            "assignedCourseSerial and employeeID make an id of 2414 bytes; at most 2000 can be indexed."
        },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Bad_row_is_rejected_with_its_reason_and_its_neighbour_goes_on(FeedRow bad, string reason)
    {
        var judged = JudgedRows.Judge([bad, Good], Context);

        judged.Rejected.ShouldHaveSingleItem().Reasons.ShouldContain(reason);
        judged.Accepted.ShouldHaveSingleItem().EmployeeId.ShouldBe("ID-1");
    }

    [Fact]
    public void Row_with_several_faults_names_them_all()
    {
        var judged = JudgedRows.Judge([Good with { Status = "done", UpdatedAt = "soon", EmployeeId = null }], Context);

        judged.Rejected.ShouldHaveSingleItem().Reasons.Count.ShouldBe(3);
    }

    [Fact]
    public void Rejected_row_is_kept_whole()
    {
        const string raw = """{"employeeID":"ID-1","status":"done","new":[1,2]}""";

        JudgedRows
            .Judge([Good with { Status = "done", Raw = raw }], Context)
            .Rejected.ShouldHaveSingleItem()
            .Raw.ShouldBe(raw);
    }

    [Fact]
    public void Accepted_row_is_read_as_it_stands()
    {
        var row = JudgedRows
            .Judge([Good with { Status = "completed", CompletedAt = "2026-01-30T17:00:00Z" }], Context)
            .Accepted.ShouldHaveSingleItem()
            .ShouldBeOfType<FeedObservation>();

        row.Status.ShouldBe(CourseStatus.Completed);
        row.UpdatedAt.ShouldBe(new DateTimeOffset(2026, 1, 31, 2, 30, 0, TimeSpan.Zero));
        row.CompletedAt.ShouldBe(new DateTimeOffset(2026, 1, 30, 17, 0, 0, TimeSpan.Zero));
        (row.AssignedCourseSerial, row.EmployeeId, row.Course.Name).ShouldBe(("ASGC-1", "ID-1", "Keselamatan Kerja"));
    }

    [Fact]
    public void Markup_in_a_name_is_data_like_any_other() =>
        JudgedRows
            .Judge([Good with { CourseName = "<script>alert(1)</script>" }], Context)
            .Accepted.ShouldHaveSingleItem()
            .Course.Name.ShouldBe("<script>alert(1)</script>");

    [Theory]
    [InlineData(49, 49, false)]
    [InlineData(50, 10, false)]
    [InlineData(50, 11, true)]
    [InlineData(1_000, 0, false)]
    public void Watermark_is_held_when_too_many_rows_of_a_large_window_are_bad(int rows, int rejected, bool held) =>
        QuarantineLimit.Holds(rows, rejected, 0.2).ShouldBe(held);
}
