using System.Globalization;
using System.Text.Json;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Ledger;
using RuangKerja.Simulator.People;

namespace RuangKerja.Events.Tests.Simulator;

public sealed class LedgerTests : SimulatorTest
{
    protected override SimulatorOptions Options =>
        Small with
        {
            Alive = true,
            TransitionsPerMinute = 120,
            Companies =
            [
                new(),
                new()
                {
                    Name = "other",
                    ClientId = "other",
                    ClientSecret = "other-secret",
                },
            ],
        };

    [Fact]
    public async Task LastEntryOfEachAssignment_AgreesWithTheFeed()
    {
        Clock.Advance(TimeSpan.FromMinutes(5));

        var feed = (await Feed()).Items.Select(row =>
            string.Join(
                '|',
                "assignedCourseSerial employeeID courseName updatedAt status".Split(' ').Select(n => Text(row, n))
            )
        );

        feed.ShouldBe(
            LastEntries("default")
                .Select(entry =>
                    $"{entry.AssignedCourseSerial}|{entry.EmployeeId}|{entry.CourseName}|{Seconds(entry.At)}+07:00|{entry.To.Word()}"
                ),
            ignoreOrder: true
        );
    }

    [Fact]
    public async Task LastEntryOfEachAssignment_AgreesWithTheRosters()
    {
        Clock.Advance(TimeSpan.FromMinutes(5));

        var rosters = new List<string>();
        foreach (var course in Population.Courses.Where(course => course.Roster == OnlineRoster.Present))
        {
            var items = (await Data(RosterPath(course.Serial, 1, 25))).Items;
            for (var page = 2; items.Count > 0; page++)
            {
                rosters.AddRange(
                    items.Select(item =>
                        $"{course.Serial}|{Text(item.GetProperty("user"), "employeeID")}|{Text(item, "status")}"
                    )
                );
                items = (await Data(RosterPath(course.Serial, page, 25))).Items;
            }
        }

        rosters
            .Order()
            .ShouldBe(
                LastEntries("default")
                    .Select(entry => $"{entry.CourseSerial}|{entry.EmployeeId}|{entry.To.Word()}")
                    .Order()
            );
    }

    [Fact]
    public void Entries_AreNumberedWithoutGapsInOrderOfTime()
    {
        Clock.Advance(TimeSpan.FromMinutes(2));
        Simulator.CatchUp();

        var entries = Simulator.Ledger.After();

        entries.Select(entry => entry.Seq).ShouldBe(Enumerable.Range(1, entries.Count).Select(i => (long)i));
        entries.Select(entry => entry.At).ShouldBeInOrder();
        entries.Count(entry => entry.Initial).ShouldBe(120);
        entries.Count.ShouldBeGreaterThan(300);
    }

    [Fact]
    public async Task LedgerOverHttp_IsTheLedgerInProcess()
    {
        Clock.Advance(TimeSpan.FromMinutes(5));

        var all = await Send(HttpMethod.Get, "/simulator/ledger");
        var later = await Send(HttpMethod.Get, "/simulator/ledger?after=200&company=other");

        Seqs(all).ShouldBe(Simulator.Ledger.After().Select(entry => entry.Seq));
        Seqs(later).ShouldBe(Simulator.Ledger.After(200, "other").Select(entry => entry.Seq));
        Seqs(later).ShouldNotBeEmpty();
        var first = all.Json[0];
        first.GetProperty("initial").GetBoolean().ShouldBeTrue();
        first.GetProperty("from").ValueKind.ShouldBe(JsonValueKind.Null);
        first
            .EnumerateObject()
            .Select(member => member.Name)
            .ShouldBe(
                "seq at company employeeId courseSerial courseName assignedCourseSerial from to initial".Split(' ')
            );
        all.Json.EnumerateArray().ShouldContain(entry => Text(entry, "to") == "in_progress");
    }

    [Fact]
    public async Task AfterThatIsNoNumber_IsRefused() =>
        (await Send(HttpMethod.Get, "/simulator/ledger?after=x")).Status.ShouldBe(400);

    [Fact]
    public async Task Companies_SeeTheirOwnPeopleOnly()
    {
        Simulator.Pause();

        var mine = (await Feed(await Token())).Items.Select(row => Text(row, "assignedCourseSerial")).ToList();
        var theirs = (await Feed(await Token("other", "other-secret"))).Items.Select(row =>
            Text(row, "assignedCourseSerial")
        );

        theirs.Intersect(mine).ShouldBeEmpty();
        theirs
            .Distinct()
            .ShouldBe(LastEntries("other").Select(e => e.AssignedCourseSerial).Distinct(), ignoreOrder: true);
    }

    private IEnumerable<LedgerEntry> LastEntries(string company) =>
        Simulator
            .Ledger.After(0, company)
            .GroupBy(entry => (entry.EmployeeId, entry.CourseSerial))
            .Select(one => one.Last());

    private static IEnumerable<long> Seqs(Reply reply) =>
        reply.Json.EnumerateArray().Select(entry => entry.GetProperty("seq").GetInt64());

    private static string Seconds(DateTimeOffset at) =>
        at.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
