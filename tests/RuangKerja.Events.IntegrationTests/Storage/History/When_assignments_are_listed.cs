using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Storage.History;

public class When_assignments_are_listed(Servers servers)
{
    private static readonly AssignmentFilter Any = new();

    [Fact]
    public async Task Should_list_all_by_company_and_id_in_pages()
    {
        await using var store = await StoredPast.CreateAsync(servers);

        var first = await store.History.ListAssignmentsAsync(Any, after: null, limit: 3, CancellationToken.None);
        var last = first[^1];
        var rest = await store.History.ListAssignmentsAsync(
            Any,
            new AssignmentReference(last.Company, new AssignmentId(last.Snapshot.Id)),
            limit: 3,
            CancellationToken.None
        );

        first.Count.ShouldBe(3);
        first
            .Concat(rest)
            .Select(Name)
            .ShouldBe(
                ["default ID-1 completed", "default ID-2 inprogress", "default ID-3 expired", "acme ID-1 completed"],
                ignoreOrder: true
            );
    }

    [Fact]
    public async Task Should_list_those_that_every_member_of_the_filter_leaves()
    {
        await using var store = await StoredPast.CreateAsync(servers);

        (await ListAsync(store, Any with { Companies = [StoredPast.Acme] })).ShouldBe(["acme ID-1 completed"]);
        (await ListAsync(store, Any with { EmployeeId = "ID-2" })).ShouldBe(["default ID-2 inprogress"]);
        (await ListAsync(store, Any with { CourseName = " COURSE of acme" })).ShouldBe(["acme ID-1 completed"]);
        (await ListAsync(store, Any with { Statuses = [CourseStatus.Expired, CourseStatus.InProgress] })).ShouldBe(
            ["default ID-2 inprogress", "default ID-3 expired"],
            ignoreOrder: true
        );
        (
            await ListAsync(
                store,
                Any with
                {
                    EmployeeId = "ID-1",
                    Companies = [Company.Default],
                    CourseName = "Course of acme",
                }
            )
        ).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_follow_a_course_whose_serial_is_learned_and_whose_name_changes()
    {
        await using var store = await StoredPast.CreateAsync(servers);
        var named = new Catalogue([new CatalogueCourse("COURSE-7", "Course of default")]);
        var renamed = new Catalogue([new CatalogueCourse("COURSE-7", "A new name")]);
        (await ListAsync(store, Any with { CourseSerial = "COURSE-7" })).ShouldBeEmpty();

        await store.CommitAsync(
            Row(CourseStatus.InProgress, 300, employee: 2) with
            {
                Course = named.Named("Course of default"),
            }
        );
        (await ListAsync(store, Any with { CourseSerial = "COURSE-7" })).ShouldBe(["default ID-2 inprogress"]);
        (await store.FindAsync(new EventFilter { CourseSerial = "COURSE-7" })).ShouldBe(["default ID-2 v1"]);

        await store.CommitAsync(
            Row(CourseStatus.Completed, 400, employee: 2) with
            {
                Course = renamed.Named("A new name"),
            }
        );
        (await ListAsync(store, Any with { CourseName = "a new name" })).ShouldBe(["default ID-2 completed"]);
        (await store.FindAsync(new EventFilter { CourseName = "A new name" })).ShouldBe([
            "default ID-2 v1",
            "default ID-2 v2",
        ]);
    }

    [Fact]
    public async Task Should_leave_out_what_has_a_stream_and_no_snapshot()
    {
        await using var store = await StoredPast.CreateAsync(servers);
        await store.ExecuteAsync(
            "delete from ruangkerja.mt_doc_coursestatussnapshot where data->>'employeeId' = 'ID-3'"
        );

        (await ListAsync(store, Any)).Count.ShouldBe(3);
        (await ReadAsync(store, "ID-3")).ShouldBeNull();
        (await ReadAsync(store, "ID-2"))!.Snapshot.Version.ShouldBe(1);
    }

    [Fact]
    public async Task Should_say_which_snapshot_cannot_be_read()
    {
        await using var store = await StoredPast.CreateAsync(servers);
        await store.ExecuteAsync(
            "update ruangkerja.mt_doc_coursestatussnapshot set data = '{}' where data->>'employeeId' = 'ID-3'"
        );

        var unreadable = await Should.ThrowAsync<StorageException>(() => ListAsync(store, Any));

        unreadable.Message.ShouldContain("the snapshot 'ASGC-1/ID-3/");
        (await ListAsync(store, Any with { EmployeeId = "ID-2" })).Count.ShouldBe(1);
    }

    private static Task<StoredAssignment?> ReadAsync(StoreFixture store, string employee) =>
        store.History.ReadAssignmentAsync(
            new AssignmentReference(Company.Default, AssignmentId.FromFeed("ASGC-1", employee, "Course of default")),
            CancellationToken.None
        );

    private static async Task<IReadOnlyList<string>> ListAsync(StoreFixture store, AssignmentFilter filter) =>
        [
            .. (await store.History.ListAssignmentsAsync(filter, after: null, 1_000, CancellationToken.None)).Select(
                Name
            ),
        ];

    private static string Name(StoredAssignment stored) =>
        $"{stored.Company} {stored.Snapshot.EmployeeId} {stored.Snapshot.Status}".Replace(
            $"{stored.Snapshot.Status}",
            $"{stored.Snapshot.Status}".ToLowerInvariant()
        );
}
