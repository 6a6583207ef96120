using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Storage;

/// <summary>The tables are a contract with Marten: names and types as read from the catalog, against the layout's text.</summary>
public class When_the_schema_is_applied(Servers servers)
{
    private static readonly string[] MartenColumns =
    [
        "mt_doc_coursestatussnapshot.data | jsonb | NO | ∅",
        "mt_doc_coursestatussnapshot.id | character varying | NO | ∅",
        "mt_doc_coursestatussnapshot.mt_dotnet_type | character varying | YES | ∅",
        "mt_doc_coursestatussnapshot.mt_last_modified | timestamp with time zone | YES | transaction_timestamp()",
        "mt_doc_coursestatussnapshot.mt_version | uuid | NO | ∅",
        "mt_doc_coursestatussnapshot.tenant_id | character varying | NO | '*DEFAULT*'::character varying",
        "mt_events.bdata | bytea | YES | ∅",
        "mt_events.causation_id | character varying | YES | ∅",
        "mt_events.correlation_id | character varying | YES | ∅",
        "mt_events.data | jsonb | NO | ∅",
        "mt_events.headers | jsonb | YES | ∅",
        "mt_events.id | uuid | NO | ∅",
        "mt_events.is_archived | boolean | YES | false",
        "mt_events.mt_dotnet_type | character varying | YES | ∅",
        "mt_events.seq_id | bigint | NO | ∅",
        "mt_events.stream_id | character varying | YES | ∅",
        "mt_events.tenant_id | character varying | YES | '*DEFAULT*'::character varying",
        "mt_events.timestamp | timestamp with time zone | NO | ∅",
        "mt_events.type | character varying(500) | NO | ∅",
        "mt_events.version | bigint | NO | ∅",
        "mt_streams.created | timestamp with time zone | NO | now()",
        "mt_streams.id | character varying | NO | ∅",
        "mt_streams.is_archived | boolean | YES | false",
        "mt_streams.tenant_id | character varying | NO | '*DEFAULT*'::character varying",
        "mt_streams.timestamp | timestamp with time zone | NO | now()",
        "mt_streams.type | character varying | YES | ∅",
        "mt_streams.version | bigint | YES | ∅",
    ];

    private static readonly string[] MartenConstraints =
    [
        "fkey_mt_events_stream_id_tenant_id | FOREIGN KEY (tenant_id, stream_id) REFERENCES mt_streams(tenant_id, id)",
        "pkey_mt_doc_coursestatussnapshot_tenant_id_id | PRIMARY KEY (tenant_id, id)",
        "pkey_mt_events_seq_id | PRIMARY KEY (seq_id)",
        "pkey_mt_streams_tenant_id_id | PRIMARY KEY (tenant_id, id)",
    ];

    private static readonly string[] MartenIndexes =
    [
        "CREATE UNIQUE INDEX pk_mt_events_stream_and_version ON ruangkerja.mt_events USING btree (tenant_id, stream_id, version)",
        "CREATE UNIQUE INDEX pkey_mt_doc_coursestatussnapshot_tenant_id_id ON ruangkerja.mt_doc_coursestatussnapshot USING btree (tenant_id, id)",
        "CREATE UNIQUE INDEX pkey_mt_events_seq_id ON ruangkerja.mt_events USING btree (seq_id)",
        "CREATE UNIQUE INDEX pkey_mt_streams_tenant_id_id ON ruangkerja.mt_streams USING btree (tenant_id, id)",
    ];

    [Fact]
    public async Task Should_take_as_long_as_it_takes()
    {
        var options = Engines.Options(await servers.CreateDatabaseAsync()) with
        {
            CommandTimeout = TimeSpan.FromSeconds(1),
        };
        await using var database = new Database(options);
        await database.RunAsync(
            "Slowing down",
            """
            create function slow() returns event_trigger language plpgsql as $$ begin perform pg_sleep(2); end $$;
            create event trigger slow on ddl_command_start when tag in ('CREATE SCHEMA') execute function slow();
            """,
            CancellationToken.None
        );

        (await new DatabaseSchema(database).ApplyAsync(CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task Should_have_exactly_martens_columns()
    {
        await using var store = await StoreFixture.CreateAsync(servers);

        var columns = await store.RowsAsync(
            """
            select table_name || '.' || column_name,
                   data_type || coalesce('(' || character_maximum_length || ')', ''), is_nullable, column_default
            from information_schema.columns
            where table_schema = 'ruangkerja' and table_name in ('mt_streams', 'mt_events', 'mt_doc_coursestatussnapshot')
            order by table_name || '.' || column_name collate "C"
            """
        );

        columns.ShouldBe([.. MartenColumns, .. OfTheLibrary()], ignoreOrder: true);
    }

    // The layout is that of 9.29; the library that is compiled in may have more, which its engine adds: docs/decisions/0027.
    private static string[] OfTheLibrary() =>
        Engines.Current.Name == "Marten" ? ["mt_streams.compacted_version | bigint | NO | 0"] : [];

    [Fact]
    public async Task Should_have_exactly_martens_constraints_indexes_and_sequence()
    {
        await using var store = await StoreFixture.CreateAsync(servers);

        var constraints = await store.RowsAsync(
            """
            select conname, replace(pg_get_constraintdef(con.oid), 'ruangkerja.', '')
            from pg_constraint as con join pg_class as class on class.oid = con.conrelid
            where connamespace = 'ruangkerja'::regnamespace
              and relname in ('mt_streams', 'mt_events', 'mt_doc_coursestatussnapshot')
            order by conname collate "C"
            """
        );
        constraints.ShouldBe(MartenConstraints);

        var indexes = await store.RowsAsync(
            """
            select indexdef from pg_indexes
            where schemaname = 'ruangkerja' and tablename in ('mt_streams', 'mt_events', 'mt_doc_coursestatussnapshot')
            order by indexname collate "C"
            """
        );
        indexes.ShouldBe(MartenIndexes);

        var sequences = await store.RowsAsync(
            """
            select sequencename, data_type::text, start_value, increment_by, cache_size,
                   pg_get_serial_sequence('ruangkerja.mt_events', 'seq_id')
            from pg_sequences where schemaname = 'ruangkerja' and sequencename like 'mt\_%'
            """
        );
        sequences.ShouldBe(["mt_events_sequence | bigint | 1 | 1 | 1 | ruangkerja.mt_events_sequence"]);
    }

    [Fact]
    public async Task Should_change_nothing_the_second_time_and_find_no_difference()
    {
        await using var store = await StoreFixture.CreateAsync(servers, applied: false);

        (await store.Schema.ApplyAsync(CancellationToken.None)).ShouldBeTrue();
        (await store.Schema.ApplyAsync(CancellationToken.None)).ShouldBeFalse();

        (await store.Schema.CheckAsync(CancellationToken.None)).ShouldBeEmpty();
        (await store.ScalarAsync<long>("select count(*) from pg_namespace where nspname like 'scratch%'")).ShouldBe(0);
    }

    [Fact]
    public async Task Should_be_applied_once_by_two_at_the_same_time()
    {
        await using var store = await StoreFixture.CreateAsync(servers, applied: false);

        var applied = await Task.WhenAll(
            store.Schema.ApplyAsync(CancellationToken.None),
            store.Schema.ApplyAsync(CancellationToken.None)
        );

        applied.Count(a => a).ShouldBe(1);
    }

    [Fact]
    public async Task Should_name_what_differs()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        await store.ExecuteAsync(
            """
            alter table ruangkerja.mt_streams add column note text;
            drop index ruangkerja.outbox_pending;
            """
        );

        var differences = (await store.Schema.CheckAsync(CancellationToken.None)).Select(d => d.Text).ToList();

        differences.Count(d => !d.StartsWith("Marten: ")).ShouldBe(2);
        differences.ShouldContain("unexpected: column mt_streams.note text");
        differences.ShouldContain(d => d.StartsWith("missing: index outbox.outbox_pending "));
    }

    [Fact]
    public async Task Should_take_what_a_later_marten_adds_to_its_tables()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        await store.ExecuteAsync(
            "alter table ruangkerja.mt_streams add column if not exists compacted_version bigint not null default 0"
        );

        await store.CommitAsync(Row(CourseStatus.InProgress, 0));
        await store.CommitAsync(Row(CourseStatus.Completed, 60));

        (await store.Schema.CheckAsync(CancellationToken.None)).ShouldBeEmpty();
        (await store.ScalarAsync<long>("select version from ruangkerja.mt_streams")).ShouldBe(2);
    }

    [Fact]
    public async Task Should_say_what_to_do_when_it_was_not()
    {
        await using var store = await StoreFixture.CreateAsync(servers, applied: false);

        var refused = await Should.ThrowAsync<StorageException>(() =>
            store.Schema.EnsureCurrentAsync(CancellationToken.None)
        );

        refused.Kind.ShouldBe(StorageFailureKind.Schema);
        refused.Message.ShouldContain("schema 'ruangkerja' has no tables of ours");
        refused.Message.ShouldContain("ruangkerja-events db apply");
    }

    [Fact]
    public async Task Should_refuse_a_database_of_a_newer_version()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        await store.ExecuteAsync("insert into ruangkerja.schema_version (version) values (99)");

        var refused = await Should.ThrowAsync<StorageException>(() =>
            store.Schema.EnsureCurrentAsync(CancellationToken.None)
        );
        refused.Kind.ShouldBe(StorageFailureKind.Schema);
        refused.Message.ShouldContain("is of version 99; this program knows version 3");

        await Should.ThrowAsync<StorageException>(() => store.Schema.ApplyAsync(CancellationToken.None));
    }
}
