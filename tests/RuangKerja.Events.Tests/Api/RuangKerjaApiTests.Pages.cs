using System.Text;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Polling.Rosters;

namespace RuangKerja.Events.Tests.Api;

public sealed partial class RuangKerjaApiTests
{
    [Fact]
    public async Task Documented_roster_gives_its_rows_and_numbers()
    {
        await using var bench = new ApiBench
        {
            Data = _ => Reply.Json(UpstreamSample.Read("course-online-users.json")),
        };

        var page = await bench.ReadRosterAsync();

        page.Numbers.ShouldBe(new PageNumbers(1, 2, 1));
        page.Rows.ShouldBe([
            new RosterRow("ID-1234", 60, 85.5, 3600, "2022-07-22", "completed", page.Rows[0].Raw, []),
            new RosterRow("ID-5678", null, null, 0, "", "not_started", page.Rows[1].Raw, []),
        ]);
        page.Rows[1].Raw.ShouldContain("\"name\": \"Example Learner Two\"");
    }

    [Fact]
    public async Task Documented_catalogue_gives_its_rows_and_numbers()
    {
        await using var bench = new ApiBench { Data = _ => Reply.Json(UpstreamSample.Read("courses.json")) };

        var page = await bench.ReadCatalogueAsync();

        page.Numbers.ShouldBe(new PageNumbers(1, 2, 1));
        page.Rows.Select(row => (row.Serial, row.Name, row.Malformations.Count))
            .ShouldBe([
                ("COURSE-EXAMPLE1", "[ONLINE] Example Course One", 0),
                ("COURSE-EXAMPLE2", "[OFFLINE] Example Course Two", 0),
            ]);
    }

    [Fact]
    public async Task Catalogue_request_goes_out_as_documented()
    {
        await using var bench = new ApiBench { Data = _ => Reply.Page() };

        await bench.ReadCatalogueAsync(page: 12);

        var request = bench.DataRequests.ShouldHaveSingleItem();
        request.RequestLine.ShouldBe("GET /ruangkerja/dashboard/courses?page=12&pageSize=100 HTTP/1.1");
        request.Header("Authorization").ShouldBe("TOKEN-1");
        request.Header("Accept").ShouldBe("application/json");
        request.Header("Content-Type").ShouldBe("application/json");
    }

    [Fact]
    public async Task List_without_pages_is_a_page_without_numbers()
    {
        await using var bench = new ApiBench { Data = _ => Reply.Json("""{"data":[{"serial":"S","name":"N"}]}""") };

        var page = await bench.ReadCatalogueAsync();

        page.Rows.ShouldHaveSingleItem().Serial.ShouldBe("S");
        page.Numbers.ShouldBe(default);
    }

    [Fact]
    public async Task Page_of_many_is_taken_for_the_part_it_is()
    {
        await using var bench = new ApiBench
        {
            Data = _ => Reply.Json("""{"data":{"currentPage":2,"totalItems":205,"totalPage":3,"items":[{},{}]}}"""),
        };

        (await bench.ReadRosterAsync(page: 2)).Rows.Count.ShouldBe(2);
        (await bench.ReadCatalogueAsync(page: 2)).Numbers.ShouldBe(new PageNumbers(2, 205, 3));
    }

    [Fact]
    public async Task Each_answer_carries_its_own_time()
    {
        await using var bench = new ApiBench();
        await bench.ReadAsync();
        var gate = new TaskCompletionSource();
        bench.Gate = gate.Task;
        bench.Data = request =>
            request.RequestLine.Contains("online/users") ? Reply.Json("""{"data":[]}""", 200, At(9))
            : request.RequestLine.Contains("course-status") ? Reply.Json("""{"data":[]}""", 200, At(10))
            : Reply.Page();

        var roster = bench.ReadRosterAsync();
        var feed = ApiBench.EndAsync(bench.Api.ReadFeedAsync(ApiBench.Window, CancellationToken.None));
        var catalogue = bench.ReadCatalogueAsync();
        await FakeTime.UntilAsync(() => bench.DataRequests.Count() == 4);
        gate.SetResult();

        (await roster).AnsweredAt.ShouldBe(DateTimeOffset.Parse("2024-05-06T09:00:00Z"));
        (await feed).AnsweredAt.ShouldBe(DateTimeOffset.Parse("2024-05-06T10:00:00Z"));
        (await catalogue).AnsweredAt.ShouldBeNull();

        static string At(int hour) => $"Date: Mon, 06 May 2024 {hour:00}:00:00 GMT";
    }

    [Fact]
    public async Task Token_turned_down_between_two_pages_is_renewed_once()
    {
        var valid = "TOKEN-1";
        await using var bench = new ApiBench();
        bench.Data = request =>
            request.Header("Authorization") == valid
                ? Reply.Page(EmployeeOf(request.RequestLine))
                : Reply.Json(UpstreamSample.Read("failure-permission-denied.json"), 403);

        var first = await bench.ReadRosterAsync(page: 1);
        valid = "TOKEN-2";
        var second = await bench.ReadRosterAsync(page: 2);
        var third = await bench.ReadRosterAsync(page: 3);

        new[] { first, second, third }.Select(page => page.Rows.Single().EmployeeId).ShouldBe(["1", "2", "3"]);
        bench.TokenRequests.Count().ShouldBe(2);
        bench.DataRequests.Count().ShouldBe(4);

        static string EmployeeOf(string line) =>
            $$$"""{"user":{"employeeID":"{{{line[line.IndexOf("page=") + 5]}}}"}}""";
    }

    [Fact]
    public async Task Page_that_fails_for_a_moment_is_read_again_and_gives_each_row_once()
    {
        string[] items = [.. Enumerable.Range(0, 100).Select(Item)];
        var replies = new Queue<Reply>([Reply.Html("down", 502), Reply.Page(items).CutBy(1000), Reply.Page(items)]);
        await using var bench = new ApiBench(options => options with { Retries = 3 });
        bench.Data = _ => replies.Dequeue();

        var reading = bench.ReadRosterAsync();
        await bench.PassPauseAsync(TimeSpan.FromSeconds(2));
        await bench.PassPauseAsync(TimeSpan.FromSeconds(3));

        (await reading).Rows.Select(row => row.Raw).ShouldBe(items);
        bench.Logged.ShouldContain(line =>
            line.Contains("(1 of 3), reading page 1 of the roster of course \"COURSE-1\"")
        );
    }

    [Fact]
    public async Task Row_with_a_name_of_10_megabytes_keeps_its_neighbours()
    {
        var name = new string('é', 5_000_000);
        string[] items = [.. Enumerable.Range(0, 100).Select(i => i == 50 ? Item(i, name) : Item(i))];
        await using var bench = new ApiBench { Data = _ => Reply.Page(items) };

        var page = await bench.ReadRosterAsync();

        page.Rows.Select(row => row.EmployeeId).ShouldBe(Enumerable.Range(0, 100).Select(i => $"ID-{i}"));
        page.Rows[50].Raw.ShouldBe(items[50]);
    }

    [Fact]
    public async Task Page_over_the_limit_is_a_contract_fault()
    {
        await using var bench = new ApiBench(options => options with { MaxAnswerBytes = 2000 });
        bench.Data = _ => Reply.Page(Item(1, new string('x', 2000)));

        var failure = await bench.FailRosterAsync();

        failure.Kind.ShouldBe(ApiFailureKind.Contract);
        failure.Message.ShouldContain("larger than is read");
        failure.NarrowerWindowMayHelp.ShouldBeFalse();
        failure.IsRefusal.ShouldBeFalse();
    }

    [Fact]
    public async Task Page_nested_too_deep_or_not_json_is_a_contract_fault()
    {
        await using var bench = new ApiBench();
        bench.Data = _ => Reply.Page(Item(1), $$"""{"x":{{new string('[', 40)}}{{new string(']', 40)}}}""");
        (await bench.FailRosterAsync()).Message.ShouldContain("nested deeper than 32 levels");

        bench.Data = _ => Latin1($$"""{"data":[{{Item(1)}},é]}""");
        var failure = await bench.FailRosterAsync();

        failure.Message.ShouldContain("not JSON");
        failure.Kind.ShouldBe(ApiFailureKind.Contract);
    }

    [Fact]
    public async Task Row_of_a_feed_that_is_not_utf8_is_rejected_and_its_neighbours_go_on()
    {
        string[] items =
        [
            FeedItem("ID-1", "Keselamatan"),
            FeedItem("ID-2", "Santé"),
            FeedItem("ID-é", "Keselamatan"),
            FeedItem("ID-4", "Keselamatan"),
        ];
        await using var bench = new ApiBench
        {
            Data = _ => Latin1($$$"""{"data":{"items":[{{{string.Join(',', items)}}}]}}"""),
        };

        var judged = JudgedRows.Judge(await bench.ReadAsync(), Seen);

        judged.Accepted.Select(row => row.EmployeeId).ShouldBe(["ID-1", "ID-4"]);
        judged
            .Rejected.Select(row => row.Reasons.ShouldHaveSingleItem())
            .ShouldBe([
                "courseName 'Sant\uFFFD' contains bytes that are not UTF-8 text.",
                "employeeID 'ID-\uFFFD' contains bytes that are not UTF-8 text.",
            ]);
        judged
            .Rejected.Select(row => row.Raw)
            .ShouldBe([FeedItem("ID-2", "Sant\u007F"), FeedItem("ID-\u007F", "Keselamatan")]);
        // What is judged again later is what was kept.
        JudgedRows
            .Judge([.. judged.Rejected.Select(row => FeedRow.Parse(row.Raw))], Seen)
            .Rejected.Select(row => row.Reasons)
            .ShouldBe(judged.Rejected.Select(row => row.Reasons));
    }

    [Fact]
    public async Task Row_of_a_roster_is_rejected_for_bytes_in_what_is_used_only()
    {
        var course = new CatalogueCourse("COURSE-1", "Keselamatan");
        var strange = Item(2).Replace("ID-2", "ID-é", StringComparison.Ordinal);
        await using var bench = new ApiBench
        {
            Data = _ => Latin1($$"""{"data":[{{Item(1, "André")}},{{strange}},{{Item(3)}}]}"""),
        };

        var page = await bench.ReadRosterAsync();
        var judged = JudgedRows.Judge([.. page.Rows], course, TimeZoneInfo.Utc, Seen);

        judged.Accepted.Select(row => row.EmployeeId).ShouldBe(["ID-1", "ID-3"]);
        var rejected = judged.Rejected.ShouldHaveSingleItem();
        rejected.Reasons.ShouldBe(["user.employeeID 'ID-\uFFFD' contains bytes that are not UTF-8 text."]);
        rejected.Raw.ShouldBe(strange.Replace('é', '\u007F'));
    }

    [Fact]
    public async Task Course_that_is_not_utf8_is_refused_and_its_neighbours_are_read()
    {
        await using var bench = new ApiBench
        {
            Data = _ =>
                Latin1(
                    """{"data":[{"serial":"A","name":"Satu"},{"serial":"B","name":"Santé"},{"serial":"é","name":"Tiga"}]}"""
                ),
        };

        var read = await ApiBench.EndAsync(CatalogueReader.ReadAsync(bench.Api, CancellationToken.None));

        read.Catalogue.Courses.Select(course => course.Name).ShouldBe(["Satu"]);
        read.Refused.ShouldBe(2);
    }

    /// <summary>A large catalogue takes long at few requests per second: whoever waits for it hears of each page.</summary>
    [Fact]
    public async Task Each_page_of_the_catalogue_is_told_of()
    {
        await using var bench = new ApiBench { Data = _ => Reply.Page("""{"serial":"A","name":"Satu"}""") };
        var pages = 0;

        await ApiBench.EndAsync(CatalogueReader.ReadAsync(bench.Api, CancellationToken.None, () => pages++));

        pages.ShouldBe(1);
    }

    [Fact]
    public async Task Malformed_rows_of_a_page_are_kept_and_counted_in_the_log_without_their_contents()
    {
        await using var bench = new ApiBench { Data = _ => Reply.Page(Item(1), """{"user":"Private"}""", Item(3)) };

        (await bench.ReadRosterAsync()).Rows.Select(row => row.Malformations.Count).ShouldBe([0, 1, 0]);

        bench.Logged.ShouldContain(line =>
            line.StartsWith("Warning 1011 1 of 3 rows are malformed, reading page 1", StringComparison.Ordinal)
        );
        bench.Logged.ShouldAllBe(line => !line.Contains("Private") && !line.Contains("ID-1"));
    }

    private static RowContext Seen { get; } =
        new(
            SeenAt: DateTimeOffset.Parse("2026-02-01T00:00:00Z"),
            Now: DateTimeOffset.Parse("2026-02-01T00:00:00Z"),
            Catalogue.Empty
        );

    private static Reply Latin1(string body) => Reply.Of(Encoding.Latin1.GetBytes(body), 200, "application/json");

    private static string FeedItem(string employee, string course) =>
        $$"""{"assignedCourseSerial":"ASGC-1","employeeID":"{{employee}}","courseName":"{{course}}","completedAt":"","updatedAt":"2026-01-31T07:08:09Z","status":"in_progress"}""";

    private static string Item(int i) => Item(i, $"Karyawan {i}");

    private static string Item(int i, string name) =>
        $$$"""{"user":{"serial":"USER-{{{i}}}","name":"{{{name}}}","employeeID":"ID-{{{i}}}"},"preTest":60,"postTest":85.5,"timeSpent":3600,"lastAccessMission":"2022-07-22T01:00:00.000Z","completedAt":"2022-07-22","status":"completed"}""";
}
