using Npgsql;
using RuangKerja.Events.Subscriber.Inbox;
using RuangKerja.Events.Subscriber.Inbox.Postgres;
using static RuangKerja.Events.IntegrationTests.Subscriber.Inbox.InboxBench;

namespace RuangKerja.Events.IntegrationTests.Subscriber.Inbox;

/// <summary>The tables in the subscriber's database: who makes them, and what is forgotten.</summary>
public sealed class When_the_inboxs_tables_are_made(Servers servers)
{
    [Fact]
    public async Task Should_be_there_once_when_several_instances_start_at_once()
    {
        await using var bench = await CreateAsync(servers);
        var processes = Enumerable.Range(0, 8).Select(_ => bench.Process()).ToList();

        await Task.WhenAll(processes.Select(process => process.Tables.EnsureAsync(CancellationToken.None).AsTask()));

        (await HandleAsync(processes[0].Inbox, Version(1))).ShouldBe(Verdict.Handle);
    }

    [Fact]
    public async Task Should_say_what_to_do_when_they_may_not_be_made_and_are_not_there()
    {
        await using var bench = await CreateAsync(servers);
        var inbox = bench.Process(configure: options => options.CreateTables = false).Inbox;

        var failure = await Should.ThrowAsync<InboxException>(() => HandleAsync(inbox, Version(1)));

        failure.Message.ShouldContain("PostgresInboxTables.Script");
    }

    [Fact]
    public async Task Should_serve_a_user_with_few_rights_when_another_has_run_the_script()
    {
        await using var bench = await CreateAsync(servers);
        var user = $"user_{Guid.NewGuid():N}";
        await bench.ExecuteAsync(PostgresInboxTables.Script("hr_inbox"));
        await bench.ExecuteAsync(
            $"""
            create role {user} login password 'secret';
            grant usage on schema hr_inbox to {user};
            grant select, insert, update, delete on all tables in schema hr_inbox to {user};
            grant insert on effect to {user};
            """
        );
        var few = new NpgsqlConnectionStringBuilder(bench.ConnectionString) { Username = user, Password = "secret" };
        // The default of CreateTables asks for no right to create where they are.
        var process = bench.Process(
            connectionString: few.ConnectionString,
            configure: options => options.Schema = "hr_inbox"
        );

        (await HandleAsync(process.Inbox, Version(1))).ShouldBe(Verdict.Handle);
        (await HandleAsync(process.Inbox, Version(3))).ShouldBe(Verdict.BehindGap);
        (await process.Gaps.TakeDueAsync(Guid.NewGuid(), CancellationToken.None)).Count.ShouldBe(1);
        (await TrimmingOf(process).TrimAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task Should_forget_what_was_handled_long_ago_and_nothing_else()
    {
        await using var bench = await CreateAsync(servers);
        var process = bench.Process();
        for (var version = 1; version <= 5; version++)
            await HandleAsync(process.Inbox, Version(version));
        await process.Inbox.NoteGivenUpAsync(Version(6), "It is poison.", CancellationToken.None);
        await bench.ExecuteAsync(
            """
            insert into subscriber.course_status_inbox
            select 'certificates', gen_random_uuid(), now() - interval '31 d' from generate_series(1, 2500);
            update subscriber.course_status_inbox set handled_at = now() - interval '300 d' where given_up is not null;
            insert into subscriber.course_status_inbox values ('other', gen_random_uuid(), now() - interval '31 d');
            """
        );

        (await TrimmingOf(process).TrimAsync(CancellationToken.None)).ShouldBe(2_500);

        (await bench.RowsAsync("select count(*) from subscriber.course_status_inbox")).ShouldBe(["7"]);
        // It is forgotten as an event; its assignment's version still drops it.
        await bench.ExecuteAsync("delete from subscriber.course_status_inbox where given_up is null");
        (await HandleAsync(process.Inbox, Version(5))).ShouldBe(Verdict.Outdated);
        (await HandleAsync(process.Inbox, Version(6))).ShouldBe(Verdict.Handle);
    }
}
