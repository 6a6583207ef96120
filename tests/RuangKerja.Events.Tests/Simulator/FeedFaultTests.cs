using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Api;
using RuangKerja.Simulator.Faults;
using RuangKerja.Simulator.Ledger;
using RuangKerja.Simulator.Life;
using RuangKerja.Simulator.People;

namespace RuangKerja.Events.Tests.Simulator;

public sealed class FeedFaultTests : SimulatorTest
{
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task WindowAboveTheCap_IsRefusedAndOneBelowIsAnswered()
    {
        Simulator.Faults.FeedRowCap = new FeedRowCap(59);

        var reply = await Feed();

        reply.Status.ShouldBe(413);
        reply.Json.GetProperty("errorCode").GetInt32().ShouldBe(413);
        reply
            .Json.GetProperty("message")
            .GetString()
            .ShouldBe("rpc error: code = ResourceExhausted desc = grpc: received message larger than max (60 vs. 59)");
        Simulator.Faults.FeedRowCap = new FeedRowCap(60);
        (await Feed()).Items.Count.ShouldBe(60);
    }

    [Fact]
    public async Task RefusalOfALargeWindow_AsksTheClientForANarrowerOne()
    {
        Simulator.Faults.FeedRowCap = new FeedRowCap(59);
        using var client = RuangKerjaApi.Create(
            new ApiOptions
            {
                BaseUrl = Simulator.BaseAddress,
                Credentials = new ApiCredentials("simulator", "simulator-secret"),
                TimeZone = TimeZoneInfo.Utc,
            },
            TimeProvider.System,
            NullLoggerFactory.Instance
        );
        var now = Clock.GetUtcNow();

        var refusal = await Should.ThrowAsync<RuangKerjaApiException>(() =>
            client.ReadFeedAsync(new FeedWindow(now.AddDays(-40), now), CancellationToken.None)
        );

        refusal.NarrowerWindowMayHelp.ShouldBeTrue();
        refusal.Kind.ShouldBe(ApiFailureKind.Contract);
    }

    [Fact]
    public async Task WindowCutToTheCap_HoldsSomeOfTheTrueRows()
    {
        var all = (await Feed()).Items.Select(row => row.ToString()).ToList();
        Simulator.Faults.FeedRowCap = new FeedRowCap(7, FeedRowCapMode.Cut);

        var cut = (await Feed()).Items.Select(row => row.ToString()).ToList();

        cut.Count.ShouldBe(7);
        cut.ShouldBeUnique();
        cut.ShouldBeSubsetOf(all);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.25, 5, 25)]
    [InlineData(1, 60, 60)]
    public async Task DuplicateShare_IsHowManyRowsStandTwice(double share, int least, int most)
    {
        var all = (await Feed()).Items.Select(row => row.ToString()).ToList();
        Simulator.Faults.DuplicateShare = share;

        var rows = (await Feed()).Items.Select(row => row.ToString()).ToList();

        (rows.Count - all.Count).ShouldBeInRange(least, most);
        rows.Distinct().ShouldBe(all, ignoreOrder: true);
        (await Feed()).Items.Select(row => row.ToString()).ShouldBe(rows);
    }

    [Fact]
    public async Task LateMove_ShowsAsItStoodBeforeUntilItsLagIsOver()
    {
        var before = Simulator.Transition(UpstreamStatus.InProgress);
        Simulator.Faults.FeedLag = Lag;
        Clock.Advance(TimeSpan.FromHours(1));

        var move = Move(before, UpstreamStatus.Completed);
        (await RowsOf(before)).ShouldBe([("in_progress", before.At)]);
        (await RosterStatus(before)).ShouldBe("completed");
        Clock.Advance(Lag);

        (await RowsOf(before)).ShouldBe([("completed", move.At)]);
    }

    [Fact]
    public async Task LateNewAssignment_ShowsNotAtAllUntilItsLagIsOver()
    {
        Simulator.Faults.FeedLag = Lag;

        var assigned = Simulator.Assign();

        (await RowsOf(assigned)).ShouldBeEmpty();
        Clock.Advance(Lag);
        (await RowsOf(assigned)).ShouldBe([("not_started", assigned.At)]);
    }

    [Fact]
    public async Task LateRemoval_LeavesTheRowUntilItsLagIsOver()
    {
        Simulator.Faults.FeedLag = Lag;

        Simulator.Remove();

        (await Feed()).Items.Count.ShouldBe(60);
        Clock.Advance(Lag);
        (await Feed()).Items.Count.ShouldBe(59);
    }

    [Fact]
    public async Task RowRemoved_IsNotBroughtBackByAnEarlierMoveThatIsLater()
    {
        Simulator.Faults.FeedLag = Lag;

        for (var i = 0; i < 30; i++)
        {
            var moved = Simulator.Transition(new TransitionOrder());
            Simulator.Remove(
                new()
                {
                    AssignedCourseSerial = moved.AssignedCourseSerial,
                    EmployeeId = moved.EmployeeId,
                    CourseSerial = moved.CourseSerial,
                }
            );
            Clock.Advance(TimeSpan.FromSeconds(10));
        }

        Clock.Advance(Lag);
        (await Feed()).Items.Count.ShouldBe(30);
    }

    [Fact]
    public async Task Lags_AreSpreadFromNothingToTheKnob()
    {
        Simulator.Faults.FeedLag = Lag;
        var start = Clock.GetUtcNow();
        for (var i = 0; i < 40; i++)
            Simulator.Assign();

        var shown = new List<int>();
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            Clock.Advance(Lag / 4);
            shown.Add((await Feed(start, start)).Items.Count);
        }

        shown.ShouldBeInOrder();
        shown[0].ShouldBeInRange(3, 20);
        shown[1].ShouldBeInRange(10, 30);
        shown[3].ShouldBe(40);
    }

    [Fact]
    public async Task MoveOvertakenByALaterOne_NeverTakesTheRowBack()
    {
        var first = Simulator.Assign();
        Simulator.Faults.FeedLag = Lag;
        var statuses = new List<string>();

        // Moves much closer together than the lags of each, so that some come due in the wrong order.
        for (var i = 0; i < 30; i++)
        {
            Move(first, i % 2 == 0 ? UpstreamStatus.InProgress : UpstreamStatus.NotStarted);
            Clock.Advance(TimeSpan.FromSeconds(10));
            statuses.Add((await RowsOf(first)).Single().UpdatedAt.ToString("s"));
        }

        statuses.ShouldBeInOrder();
        statuses.Distinct().Count().ShouldBeInRange(3, 29);
        Clock.Advance(Lag);
        (await RowsOf(first)).Single().UpdatedAt.ShouldBe(Simulator.Ledger.After()[^1].At);
    }

    [Fact]
    public async Task LagTurnedBack_ShowsEverythingAtOnce()
    {
        Simulator.Faults.FeedLag = TimeSpan.FromDays(1);
        for (var i = 0; i < 20; i++)
            Simulator.Assign();

        Simulator.Faults.FeedLag = TimeSpan.Zero;

        (await Feed()).Items.Count.ShouldBe(80);
    }

    [Fact]
    public async Task CourseRenamedWhileItsRowIsLate_HasTheNewNameWhenTheRowComes()
    {
        Simulator.Faults.FeedLag = Lag;
        var assigned = Simulator.Assign();

        var course = Simulator.RenameCourse(new RenameOrder { CourseSerial = assigned.CourseSerial });
        Clock.Advance(Lag);

        (await Feed(assigned.At, assigned.At))
            .Items.Single()
            .GetProperty("courseName")
            .GetString()
            .ShouldBe(course.Name);
    }

    private LedgerEntry Move(LedgerEntry which, UpstreamStatus to) =>
        Simulator.Transition(
            new TransitionOrder
            {
                EmployeeId = which.EmployeeId,
                CourseSerial = which.CourseSerial,
                To = to,
            }
        );

    private async Task<IReadOnlyList<(string Status, DateTimeOffset UpdatedAt)>> RowsOf(LedgerEntry which) =>
        [
            .. (await Feed())
                .Items.Where(row =>
                    Text(row, "employeeID") == which.EmployeeId && Text(row, "courseName") == which.CourseName
                )
                .Select(row => (Text(row, "status"), row.GetProperty("updatedAt").GetDateTimeOffset())),
        ];

    private async Task<string> RosterStatus(LedgerEntry which) =>
        Text(
            (await Data(RosterPath(which.CourseSerial))).Items.Single(item =>
                Text(item.GetProperty("user"), "employeeID") == which.EmployeeId
            ),
            "status"
        );

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
