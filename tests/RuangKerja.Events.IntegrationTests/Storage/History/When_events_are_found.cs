using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.IntegrationTests.Storage.History;

/// <summary>What each member of a filter means, and what it means beside others.</summary>
[Trait("Promise", "P5")]
public class When_events_are_found(Servers servers)
{
    private static readonly EventFilter Any = new();

    [Fact]
    public async Task Should_find_all_in_order_of_sequence()
    {
        await using var store = await StoredPast.CreateAsync(servers);

        (await store.FindAsync(Any)).ShouldBe(StoredPast.All);
    }

    [Fact]
    public async Task Should_find_those_of_a_company()
    {
        await using var store = await StoredPast.CreateAsync(servers);

        (await store.FindAsync(Any with { Companies = [StoredPast.Acme] })).ShouldBe(["acme ID-1 v1", "acme ID-1 v2"]);
        (await store.FindAsync(Any with { Companies = [StoredPast.Acme, Company.Default] })).ShouldBe(StoredPast.All);
    }

    [Fact]
    public async Task Should_find_those_that_were_stored_in_a_span()
    {
        await using var store = await StoredPast.CreateAsync(servers);
        var third = (await store.ReadAsync("default ID-1 v2")).RecordedAt;
        var fourth = (await store.ReadAsync("acme ID-1 v2")).RecordedAt;

        (await store.FindAsync(Any with { RecordedFrom = third, RecordedBefore = fourth })).ShouldBe([
            "default ID-1 v2",
            "default ID-3 v1",
        ]);
    }

    [Fact]
    public async Task Should_find_those_that_happened_in_a_span()
    {
        await using var store = await StoredPast.CreateAsync(servers);
        var start = StoreFixture.Start;

        (
            await store.FindAsync(
                Any with
                {
                    OccurredFrom = start.AddSeconds(30),
                    OccurredBefore = start.AddSeconds(90).ToOffset(TimeSpan.FromHours(7)),
                }
            )
        ).ShouldBe(["default ID-2 v1", "default ID-3 v1"]);
    }

    [Fact]
    public async Task Should_find_those_of_a_range_of_sequences()
    {
        await using var store = await StoredPast.CreateAsync(servers);

        (await store.FindAsync(Any with { FirstSequence = 2, LastSequence = 5 })).ShouldBe(
            StoredPast.All.Skip(1).Take(4)
        );
    }

    [Fact]
    public async Task Should_find_those_of_an_employee()
    {
        await using var store = await StoredPast.CreateAsync(servers);

        (await store.FindAsync(Any with { EmployeeId = "ID-1" })).ShouldBe(
            StoredPast.All.Where(name => name.Contains("ID-1"))
        );
        (await store.FindAsync(Any with { EmployeeId = "ID-1", Companies = [Company.Default] })).ShouldBe([
            "default ID-1 v1",
            "default ID-1 v2",
            "default ID-1 v3",
        ]);
    }

    [Fact]
    public async Task Should_find_those_of_a_course_by_any_spelling_of_its_name()
    {
        await using var store = await StoredPast.CreateAsync(servers);

        (await store.FindAsync(Any with { CourseName = "  course of ACME " })).ShouldBe([
            "acme ID-1 v1",
            "acme ID-1 v2",
        ]);
    }

    [Fact]
    public async Task Should_find_those_of_an_assignment()
    {
        await using var store = await StoredPast.CreateAsync(servers);
        var assignment = (await store.ReadAsync("default ID-3 v1")).AssignmentId;

        (await store.FindAsync(Any with { AssignmentId = assignment })).ShouldBe(["default ID-3 v1"]);
    }

    [Fact]
    public async Task Should_find_those_of_some_statuses_and_kinds()
    {
        await using var store = await StoredPast.CreateAsync(servers);

        (await store.FindAsync(Any with { Statuses = [CourseStatus.Expired, CourseStatus.NotStarted] })).ShouldBe([
            "default ID-1 v1",
            "default ID-3 v1",
        ]);
        (await store.FindAsync(Any with { Kinds = [ChangeKind.Completed, ChangeKind.Assigned] })).ShouldBe([
            "default ID-1 v1",
            "acme ID-1 v2",
            "default ID-1 v3",
        ]);
        (
            await store.FindAsync(Any with { Statuses = [CourseStatus.InProgress], Kinds = [ChangeKind.Completed] })
        ).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_find_what_all_members_together_leave()
    {
        await using var store = await StoredPast.CreateAsync(servers);

        (
            await store.FindAsync(
                new EventFilter
                {
                    Companies = [Company.Default],
                    EmployeeId = "ID-1",
                    CourseName = "Course of default",
                    AssignmentId = (await store.ReadAsync("default ID-1 v1")).AssignmentId,
                    Statuses = [CourseStatus.InProgress, CourseStatus.Completed],
                    Kinds = [ChangeKind.Started, ChangeKind.Completed],
                    FirstSequence = 1,
                    LastSequence = 6,
                    RecordedFrom = StoreFixture.Start,
                    OccurredFrom = StoreFixture.Start,
                }
            )
        ).ShouldBe(["default ID-1 v2"]);
    }
}
