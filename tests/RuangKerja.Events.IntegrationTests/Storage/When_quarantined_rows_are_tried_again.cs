using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Polling;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Storage;

public class When_quarantined_rows_are_tried_again(Servers servers)
{
    // Refused once, by rules that were stricter than today's, say.
    private const string Good =
        """{"assignedCourseSerial":"ASGC-1","employeeID":"ID-1","courseName":"Course of default","completedAt":"","updatedAt":"2026-01-31T12:00:09+07:00","status":"completed"}""";

    private const string Bad = """{"employeeID":"ID-1","status":"done"}""";

    [Fact]
    public async Task Should_store_what_passes_now_and_keep_the_rest_with_its_reasons()
    {
        await using var store = await CreateAsync(servers);
        await store.CommitAsync(Row(CourseStatus.InProgress, 1));
        await QuarantineAsync(store, Good, Bad);
        var watermark = (await store.Store.ReadProgressAsync(Company.Default, CancellationToken.None))!.Watermark;

        var result = await Retry(store).RunAsync(Somebody, ids: null, CancellationToken.None);

        (result.Tried, result.Accepted, result.Events).ShouldBe((2, 1, 1));
        result.StillBad.ShouldHaveSingleItem().Reasons.ShouldContain(r => r.StartsWith("status 'done' is not known"));
        (await store.RowsAsync("select raw from ruangkerja.quarantine")).ShouldBe([Bad]);
        (
            await store.RowsAsync(
                "select version, data->>'kind', data->>'previousStatus' from ruangkerja.mt_events order by seq_id desc limit 1"
            )
        ).ShouldBe(["2 | completed | in_progress"]);
        (await store.Outbox.CountAsync(Company.Default, CancellationToken.None)).Pending.ShouldBe(2);
        (await store.Store.ReadProgressAsync(Company.Default, CancellationToken.None))!.Watermark.ShouldBe(watermark);
    }

    [Fact]
    public async Task Should_drop_what_is_older_than_what_is_known_by_now()
    {
        await using var store = await CreateAsync(servers);
        await store.CommitAsync(Row(CourseStatus.InProgress, 60));
        await QuarantineAsync(store, Good);

        var result = await Retry(store).RunAsync(Somebody, ids: null, CancellationToken.None);

        (result.Accepted, result.Events, result.Stale).ShouldBe((1, 0, 1));
        (await store.ScalarAsync<long>("select count(*) from ruangkerja.quarantine")).ShouldBe(0);
    }

    [Fact]
    public async Task Should_try_only_the_rows_that_are_named()
    {
        await using var store = await CreateAsync(servers);
        await QuarantineAsync(store, Good, Bad);
        var bad = await store.ScalarAsync<long>("select id from ruangkerja.quarantine where raw like '%done%'");

        var result = await Retry(store).RunAsync(Somebody, [bad], CancellationToken.None);

        (result.Tried, result.Accepted).ShouldBe((1, 0));
        (await store.ScalarAsync<long>("select count(*) from ruangkerja.mt_events")).ShouldBe(0);
    }

    [Fact]
    public async Task Should_store_once_while_a_poller_writes_the_same_assignments()
    {
        await using var store = await CreateAsync(servers);
        await QuarantineAsync(store, Good);
        var polling = Task.Run(async () =>
        {
            for (var employee = 1; employee <= 20; employee++)
            {
                var rows = new[] { Row(CourseStatus.InProgress, 0, employee) };
                // As a poll cycle does: another writer may be first.
                while (
                    await store.Store.CommitAsync(await store.PrepareAsync(rows), CancellationToken.None)
                    != CommitOutcome.Committed
                ) { }
            }
        });

        var result = await Retry(store).RunAsync(Somebody, ids: null, CancellationToken.None);
        await polling;

        result.Accepted.ShouldBe(1);
        (
            await store.ScalarAsync<long>("select count(*) from ruangkerja.mt_events where data->>'kind' = 'completed'")
        ).ShouldBe(1);
    }

    [Fact]
    public async Task Should_list_and_discard_the_rows_of_one_company_only()
    {
        await using var store = await CreateAsync(servers);
        Company.TryCreate("other", out var other).ShouldBeTrue();
        await QuarantineAsync(store, Good, Bad);
        await store.Store.CommitAsync(
            await store.PrepareAsync([], other, rejected: [new RejectedRow(Bad, ["bad"])]),
            CancellationToken.None
        );
        var quarantine = new PostgresQuarantine(store.Database);

        var listed = await quarantine.ListAsync(Company.Default, 10, CancellationToken.None);
        listed.Select(r => r.Raw).ShouldBe([Bad, Good], ignoreOrder: true);
        (await quarantine.DiscardAsync(Company.Default, [listed[0].Id], CancellationToken.None)).ShouldBe(1);
        (await quarantine.DiscardAsync(Company.Default, ids: null, CancellationToken.None)).ShouldBe(1);
        (await quarantine.ListAsync(other, 10, CancellationToken.None)).Count.ShouldBe(1);
    }

    private static QuarantineRetry Retry(StoreFixture store) =>
        new(
            new PostgresQuarantine(store.Database),
            store.Store,
            new PostgresCatalogueStore(store.Database),
            new PipelineOptions
            {
                Companies = [Somebody],
                Storage = new StorageOptions { ConnectionString = "" },
                Relay = new RelayOptions { RabbitMqUri = new Uri("amqp://localhost") },
            },
            TimeProvider.System
        );

    private static readonly CompanyOptions Somebody = new(
        Company.Default,
        new ApiOptions
        {
            BaseUrl = new Uri("http://localhost"),
            Credentials = new ApiCredentials("", ""),
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Jakarta"),
        }
    );

    private static async Task QuarantineAsync(StoreFixture store, params string[] rows)
    {
        var rejected = rows.Select(raw => new RejectedRow(raw, ["bad by an older rule"])).ToList();
        (
            await store.Store.CommitAsync(await store.PrepareAsync([], rejected: rejected), CancellationToken.None)
        ).ShouldBe(CommitOutcome.Committed);
    }
}
