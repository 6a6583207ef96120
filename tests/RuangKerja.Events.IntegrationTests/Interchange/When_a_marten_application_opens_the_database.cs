using JasperFx.Events.Projections;
using Marten;
using Marten.Linq.MatchesSql;
using Npgsql;
using RuangKerja.Events.Courses;
using RuangKerja.Events.IntegrationTests.Storage;
using RuangKerja.Events.IntegrationTests.Storage.History;
using RuangKerja.Events.Marten;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Interchange;

/// <summary>A database that the Npgsql engine has made and filled, in the hands of a team's own Marten application.</summary>
[OnEngine("Npgsql")]
public class When_a_marten_application_opens_the_database(Servers servers)
{
    private static readonly AssignmentId Assignment = AssignmentId.FromFeed("ASGC-1", "ID-1", "Course of default");

    // What this version of Marten has and the one before, whose layout is ours, has not: docs/decisions/0027.
    private static string[] Additions =>
        Engines.Current.Name == "Marten" ? [] : ["mt_streams | column compacted_version"];

    // A row of the catalog is a new one after every change of what it tells of.
    private const string Tables = """
        with known as (
            select oid, relname, relfilenode, relchecks, relhastriggers, relnatts, xmin
            from pg_class
            where relnamespace = 'ruangkerja'::regnamespace and relname = any (@known)
        )
        select relname, format('file %s checks %s triggers %s %s', relfilenode, relchecks, relhastriggers,
                               case when relname <> 'mt_streams' then format('columns %s xmin %s', relnatts, xmin) end)
        from known
        union all
        select relname, format('constraint %s xmin %s', conname, con.xmin)
        from known join pg_constraint as con on conrelid = known.oid
        union all
        select relname, format('column %s xmin %s', attname, attribute.xmin)
        from known join pg_attribute as attribute on attrelid = known.oid
        order by 1, 2
        """;

    [Fact]
    public async Task Should_find_nothing_to_change_in_any_table()
    {
        await using var store = await StoredPast.CreateAsync(servers);
        var known = await store.RowsAsync(
            "select relname from pg_class where relnamespace = 'ruangkerja'::regnamespace order by relname"
        );
        known.Count.ShouldBeGreaterThan(30);
        var query = Tables.Replace("@known", $"'{{{string.Join(',', known)}}}'");
        var before = await store.RowsAsync(query);

        await using var marten = Open(store);
        await marten.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await marten.Storage.Database.AssertDatabaseMatchesConfigurationAsync();

        var after = await store.RowsAsync(query);
        before.Except(after).ShouldBeEmpty();
        after.Except(before).Select(row => row.Split(" xmin ")[0]).ShouldBe(Additions);
        (await store.Schema.CheckAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ProjectionLifecycle.Live)]
    [InlineData(ProjectionLifecycle.Inline)]
    [InlineData(ProjectionLifecycle.Async)]
    public async Task Should_keep_the_snapshots_version_however_the_projection_is_registered(
        ProjectionLifecycle lifecycle
    )
    {
        await using var store = await StoredPast.CreateAsync(servers);
        await using var marten = Open(store, lifecycle);

        await marten.Storage.ApplyAllConfiguredChangesToDatabaseAsync();

        await marten.Storage.Database.AssertDatabaseMatchesConfigurationAsync();
        (await store.Schema.CheckAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_keep_the_snapshots_table_from_an_applications_policies_and_schema()
    {
        await using var store = await StoredPast.CreateAsync(servers);
        await using var marten = Open(
            store,
            configure: options =>
            {
                options.DatabaseSchemaName = "team";
                options.Policies.DisableInformationalFields();
                options.Policies.ForAllDocuments(mapping =>
                {
                    mapping.Metadata.CausationId.Enabled = true;
                    mapping.Metadata.CorrelationId.Enabled = true;
                    mapping.Metadata.LastModifiedBy.Enabled = true;
                    mapping.Metadata.Headers.Enabled = true;
                    mapping.Metadata.CreatedAt.Enabled = true;
                });
            }
        );

        await marten.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await marten.Storage.Database.AssertDatabaseMatchesConfigurationAsync();

        // A table of Marten's own, which each application makes by its policies, and the pipeline has no use for.
        (await store.Schema.CheckAsync(CancellationToken.None))
            .Where(difference => !difference.Text.Contains("mt_doc_deadletterevent"))
            .ShouldBeEmpty();
        await store.CommitAsync(Row(CourseStatus.Completed, 240, employee: 2));
        await using var session = marten.QuerySession();
        (await session.LoadAsync<CourseStatusSnapshot>(Assignment.Value)).ShouldNotBeNull().Version.ShouldBe(3);
        (await store.ScalarAsync<bool>("select to_regclass('team.mt_doc_employeechanges') is not null")).ShouldBeTrue();
    }

    [Fact]
    public async Task Should_load_snapshots_and_fetch_and_aggregate_streams_of_each_company()
    {
        await using var store = await StoredPast.CreateAsync(servers);
        await using var marten = Open(store);
        await using var session = marten.QuerySession();
        await using var acme = marten.QuerySession("acme");

        var snapshot = (await session.LoadAsync<CourseStatusSnapshot>(Assignment.Value)).ShouldNotBeNull();
        snapshot.Status.ShouldBe(CourseStatus.Completed);
        var stream = await session.Events.FetchStreamAsync(Assignment.Value);
        stream.Select(e => e.Version).ShouldBe([1, 2, 3]);
        stream.Select(e => e.Sequence).ShouldBe([1, 4, 7]);
        stream
            .Select(e => e.Data.ShouldBeOfType<CourseStatusChanged>().Status)
            .ShouldBe([CourseStatus.NotStarted, CourseStatus.InProgress, CourseStatus.Completed]);
        (await session.Events.AggregateStreamAsync<CourseStatusSnapshot>(Assignment.Value)).ShouldBe(snapshot);
        (await session.Events.AggregateStreamAsync<CourseStatusSnapshot>(Assignment.Value, version: 2))
            .ShouldNotBeNull()
            .Status.ShouldBe(CourseStatus.InProgress);

        var other = await acme.Query<CourseStatusSnapshot>().Where(s => s.EmployeeId == "ID-1").SingleAsync();
        (other.Status, other.CourseName).ShouldBe((CourseStatus.Completed, "Course of acme"));
        (await acme.LoadAsync<CourseStatusSnapshot>(Assignment.Value)).ShouldBeNull();
        // The tenant's alone, though the words are SQL.
        var completed = acme.Query<CourseStatusSnapshot>()
            .Where(s => s.MatchesSql("d.data ->> 'status' = ?", "completed"));
        (await completed.ToListAsync()).ShouldHaveSingleItem().Id.ShouldBe(other.Id);
        (await acme.Events.FetchStreamStateAsync(other.Id)).ShouldNotBeNull().Version.ShouldBe(2);
    }

    [Fact]
    public async Task Should_run_a_projection_over_all_events_and_go_on_with_new_ones()
    {
        await using var store = await StoredPast.CreateAsync(servers);
        await using var marten = Open(store);
        await marten.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        using var daemon = await marten.BuildProjectionDaemonAsync();

        await daemon.RebuildProjectionAsync<ChangesOfEmployee>(CancellationToken.None);
        (await CountAsync(marten, null)).ShouldBe(["ID-1 3", "ID-2 1", "ID-3 1"]);
        (await CountAsync(marten, "acme")).ShouldBe(["ID-1 2"]);

        await store.CommitAsync(Row(CourseStatus.Completed, 240, employee: 2));
        await daemon.StartAllAsync();
        await daemon.WaitForNonStaleData(TimeSpan.FromSeconds(60));

        (await CountAsync(marten, null)).ShouldBe(["ID-1 3", "ID-2 2", "ID-3 1"]);
    }

    private static async Task<IEnumerable<string>> CountAsync(DocumentStore marten, string? tenant)
    {
        await using var session = tenant is null ? marten.QuerySession() : marten.QuerySession(tenant);
        var counts = await session.Query<EmployeeChanges>().OrderBy(c => c.Id).ToListAsync();
        return counts.Select(c => $"{c.Id} {c.Count}");
    }

    private static DocumentStore Open(
        StoreFixture store,
        ProjectionLifecycle lifecycle = ProjectionLifecycle.Live,
        Action<StoreOptions>? configure = null
    ) =>
        DocumentStore.For(options =>
        {
            var address = new NpgsqlConnectionStringBuilder(store.Database.Options.ConnectionString)
            {
                Timezone = "UTC",
            };
            options.Connection(address.ConnectionString);
            options.UseRuangKerjaEvents();
            options.Projections.Add<CourseStatusProjection>(lifecycle);
            options.Schema.For<EmployeeChanges>().MultiTenanted();
            options.Projections.Add<ChangesOfEmployee>(ProjectionLifecycle.Async);
            configure?.Invoke(options);
        });
}

/// <summary>The same with a database that the engine on Marten itself has made and filled.</summary>
[OnEngine("Marten")]
public sealed class When_a_marten_application_opens_the_database_of_Marten(Servers servers)
    : When_a_marten_application_opens_the_database(servers);
