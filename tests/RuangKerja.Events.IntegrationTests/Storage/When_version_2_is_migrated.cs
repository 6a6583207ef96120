using Npgsql;
using RuangKerja.Events.Courses;
using RuangKerja.Events.IntegrationTests.Storage.History;
using RuangKerja.Events.Storage.History;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Storage;

[Trait("Promise", "P1")]
public class When_version_2_is_migrated(Servers servers)
{
    private static readonly EventFilter Any = new() { Baseline = true };

    [Fact]
    public async Task Should_look_like_a_new_one_and_go_on()
    {
        await using var store = await Version2.CreateAsync(servers);

        (await store.Schema.ApplyAsync(CancellationToken.None)).ShouldBeTrue();

        (await store.Schema.CheckAsync(CancellationToken.None)).ShouldBeEmpty();
        (await store.Schema.ApplyAsync(CancellationToken.None)).ShouldBeFalse();
        await store.CommitAsync(Row(CourseStatus.InProgress, 0, employee: 9));
        (await store.FindAsync(Any with { EmployeeId = "ID-9" })).ShouldBe(["default ID-9 v1"]);
    }

    [Fact]
    public async Task Should_find_every_event_of_a_company_by_all_that_is_told_of_it()
    {
        await using var store = await Version2.CreateAsync(servers);
        await store.Schema.ApplyAsync(CancellationToken.None);

        (await store.FindAsync(Any)).ShouldBe([
            "default ID-1 v1",
            "default ID-1 v2",
            "default ID-2 v1",
            "default ID-2 v2",
            "acme ID-1 v1",
            "acme ID-1 v2",
            "acme ID-2 v1",
            "acme ID-2 v2",
        ]);
        (
            await store.FindAsync(
                new EventFilter
                {
                    Companies = [StoredPast.Acme],
                    EmployeeId = "ID-2",
                    CourseName = "course of ACME",
                    CourseSerial = "COURSE-1",
                    Kinds = [ChangeKind.Completed],
                    Statuses = [CourseStatus.Completed],
                    OccurredFrom = Start.AddMinutes(2),
                    OccurredBefore = Start.AddMinutes(3),
                    RecordedBefore = DateTimeOffset.MaxValue,
                }
            )
        ).ShouldBe(["acme ID-2 v2"]);
    }

    [Fact]
    public async Task Should_index_more_than_is_held_in_memory_at_once()
    {
        const int more = 20_005;
        await using var store = await Version2.CreateAsync(servers, more);

        await store.Schema.ApplyAsync(CancellationToken.None);

        var horizon = await store.History.ReadHorizonAsync(CancellationToken.None);
        (await store.History.FindAsync(Any, 0, horizon, int.MaxValue, CancellationToken.None)).Count.ShouldBe(more + 8);
        (await store.ScalarAsync<long>("select count(*) from ruangkerja.assignment_index")).ShouldBe(more + 4);
    }

    [Fact]
    public async Task Should_leave_out_and_name_what_cannot_be_read()
    {
        await using var store = await Version2.CreateAsync(servers);
        await store.ExecuteAsync(
            """
            update ruangkerja.mt_events set data = '{}' where seq_id = 2;
            update ruangkerja.mt_events set type = 'tombstone', data = '{}' where seq_id = 3;
            update ruangkerja.mt_doc_coursestatussnapshot set data = '{}' where tenant_id = 'acme' and data->>'employeeId' = 'ID-2';
            """
        );

        var leftOut = new List<string>();
        await store.Schema.ApplyAsync(leftOut.Add, CancellationToken.None);

        leftOut.Count.ShouldBe(2);
        leftOut[0].ShouldStartWith("Event 2 of tenant '*DEFAULT*' cannot be read: ");
        leftOut[1].ShouldStartWith("Snapshot 'ASGC-1/ID-2/a3c5' of tenant 'acme' cannot be read: ");
        (await store.FindAsync(Any with { Companies = [Company.Default] })).ShouldBe([
            "default ID-1 v1",
            "default ID-2 v2",
        ]);
    }

    [Fact]
    public async Task Should_refuse_what_the_older_program_still_writes()
    {
        await using var store = await Version2.CreateAsync(servers);
        await store.Schema.ApplyAsync(CancellationToken.None);

        // The first statement of each of its commits, what it asks after a lost one by, and what it prolongs a lease by.
        foreach (
            var sql in new[]
            {
                "insert into ruangkerja.commit_batch (batch_id) values (gen_random_uuid())",
                "insert into ruangkerja.commit_batch (batch_id) values (gen_random_uuid()) on conflict (batch_id) do nothing",
                """
                    insert into ruangkerja.lease (tenant_id, role, holder, term, expires_at) values ('acme', 'feed', 'a', 1, now())
                    on conflict (tenant_id, role) do update set expires_at = now() + interval '10 seconds'
                    where lease.holder = excluded.holder
                    """,
            }
        )
        {
            var refused = await Should.ThrowAsync<PostgresException>(() => store.ExecuteAsync(sql));
            (refused.SqlState, refused.ColumnName).ShouldBe((PostgresErrorCodes.NotNullViolation, "schema_version"));
        }
    }
}
