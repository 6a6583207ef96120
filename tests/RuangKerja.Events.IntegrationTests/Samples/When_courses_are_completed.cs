using System.Text.RegularExpressions;
using Npgsql;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.IntegrationTests.Subscriber;
using RuangKerja.Events.Subscriber.Testing;
using RuangKerja.Events.Tests.Samples;

namespace RuangKerja.Events.IntegrationTests.Samples;

/// <summary>The sample CertificateIssuer with a real broker and a real database.</summary>
[Trait("Promise", "P3")]
public sealed partial class When_courses_are_completed(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_give_one_certificate_for_each_attempt_and_revoke_those_of_reopened_ones()
    {
        var (broker, database) = (await servers.CreateVirtualHostAsync(), await servers.CreateDatabaseAsync());
        await using var publisher = await Publisher.StartAsync(broker);
        await using var issuer = await RunningIssuer.StartAsync(broker, database);
        var assignment = new TestAssignment("ID-<7>", "Keselamatan & Kesehatan Kerja");
        CourseStatusChanged[] first = [assignment.Assigned(), assignment.Started(), assignment.Completed()];

        // Twice live, once again by a replay.
        await publisher.PublishAsync([.. first, .. first]);
        await publisher.ReplayAsync(RunningIssuer.Queue, Guid.NewGuid(), first);
        await issuer.WaitForAsync(issued: 1, revoked: 0);
        var number = Number().Match(await issuer.ReadPageAsync()).Value;
        var valid = new PdfReader((await issuer.OpenAsync(number)).ShouldNotBeNull()).Texts();
        CourseStatusChanged[] second = [assignment.Reopened(), assignment.Completed()];
        await publisher.PublishAsync([.. second, .. second, .. first]);
        await issuer.WaitForAsync(issued: 2, revoked: 1);

        valid.ShouldContain("ID-<7>");
        valid.ShouldContain("Keselamatan & Kesehatan Kerja");
        valid.ShouldNotContain("DICABUT / REVOKED");
        var revoked = new PdfReader((await issuer.OpenAsync(number)).ShouldNotBeNull()).Texts();
        revoked.ShouldContain("DICABUT / REVOKED");
        revoked.ShouldContain(number);
        var page = await issuer.ReadPageAsync();
        page.ShouldContain("ID-&lt;7&gt;");
        page.ShouldContain("Keselamatan &amp; Kesehatan Kerja");
        var numbers = Number().Matches(page).Select(match => match.Value).Distinct().ToList();
        numbers.Count.ShouldBe(2);
        var newer = numbers.Single(one => one != number);
        new PdfReader((await issuer.OpenAsync(newer)).ShouldNotBeNull()).Texts().ShouldContain("Percobaan / Attempt 2");
        (await issuer.OpenAsync("RK-0000-0000-0000")).ShouldBeNull();
    }

    [Fact]
    public async Task Should_have_neither_entry_nor_file_after_a_crash_before_the_commit_and_both_once_after_the_next_start()
    {
        var (broker, database) = (await servers.CreateVirtualHostAsync(), await servers.CreateDatabaseAsync());
        await using var publisher = await Publisher.StartAsync(broker);
        await using var watcher = new NpgsqlConnection($"{database};Pooling=false");
        await watcher.OpenAsync();
        var assignment = new TestAssignment();
        await using (var issuer = await RunningIssuer.StartAsync(broker, database))
        {
            await publisher.PublishAsync(assignment.Assigned());
            await Wait.Until(
                async () =>
                    await CountAsync(watcher, "pg_stat_user_tables where relname = 'course_status_inbox'") == 1
                    && await CountAsync(watcher, "subscriber.course_status_inbox") == 1,
                Patience,
                "the first message is handled"
            );
            // Whoever has written a certificate waits here with the mark, and dies.
            await RunAsync(
                watcher,
                """
                create function hold() returns trigger language plpgsql
                as $$ begin perform pg_advisory_xact_lock(4711); return null; end $$;
                create trigger hold after insert on subscriber.course_status_inbox for each row
                    execute function hold();
                select pg_advisory_lock(4711)
                """
            );
            await publisher.PublishAsync(assignment.Completed());
            await Wait.Until(
                async () =>
                    await CountAsync(watcher, "pg_locks where locktype = 'advisory' and objid = 4711 and not granted")
                    == 1,
                Patience,
                "the issuer is about to commit"
            );
        }

        const string Others = "pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
        // What the process had sent already must not be carried out after its death.
        await RunAsync(watcher, $"select pg_terminate_backend(pid) from {Others}");
        await Wait.Until(async () => await CountAsync(watcher, Others) == 0, Patience, "its sessions have ended");
        (await CountAsync(watcher, "certificates.register")).ShouldBe(0);

        await RunAsync(watcher, "drop function hold() cascade; select pg_advisory_unlock(4711)");
        await using var next = await RunningIssuer.StartAsync(broker, database);
        await next.WaitForAsync(issued: 1, revoked: 0);
        var number = Number().Match(await next.ReadPageAsync()).Value;
        (await next.OpenAsync(number)).ShouldNotBeNull();
    }

    private static async Task RunAsync(NpgsqlConnection database, string sql)
    {
        await using var command = new NpgsqlCommand(sql, database);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> CountAsync(NpgsqlConnection database, string rows)
    {
        await using var command = new NpgsqlCommand($"select count(*) from {rows}", database);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    [GeneratedRegex("RK(-[0-9A-Z]{4}){3}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Number();
}
