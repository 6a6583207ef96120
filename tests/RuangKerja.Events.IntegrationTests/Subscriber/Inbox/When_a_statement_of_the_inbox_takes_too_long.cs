using Npgsql;
using RuangKerja.Events.Subscriber.Inbox;
using RuangKerja.Events.Subscriber.Inbox.Postgres;
using static RuangKerja.Events.IntegrationTests.Subscriber.Inbox.InboxBench;

namespace RuangKerja.Events.IntegrationTests.Subscriber.Inbox;

/// <summary>Somebody holds what a statement needs. The option bounds it, whatever the connection string says.</summary>
public sealed class When_a_statement_of_the_inbox_takes_too_long(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly PostgresInboxOptions Hasty = new() { CommandTimeout = TimeSpan.FromSeconds(1) };

    [Fact]
    public async Task Should_fail_in_time_when_it_is_about_gaps_or_forgets()
    {
        await using var bench = await CreateAsync(servers);
        var process = HastyProcess(bench);
        await process.Tables.EnsureAsync(CancellationToken.None);
        await using var holder = await HoldAsync(
            bench,
            "lock table subscriber.course_status_assignment, subscriber.course_status_inbox in access exclusive mode"
        );

        await ShouldFailInTimeAsync(process.Gaps.CountAsync(CancellationToken.None));
        await ShouldFailInTimeAsync(TrimmingOf(process, Hasty).TrimAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Should_fail_in_time_when_it_makes_the_tables()
    {
        await using var bench = await CreateAsync(servers);
        var process = HastyProcess(bench);
        await using var holder = await HoldAsync(
            bench,
            "select pg_advisory_xact_lock(hashtextextended('subscriber.course_status_inbox', 0))"
        );

        await ShouldFailInTimeAsync(process.Tables.EnsureAsync(CancellationToken.None).AsTask());
    }

    private static PostgresInboxParts HastyProcess(InboxBench bench) =>
        bench.Process(
            connectionString: $"{bench.ConnectionString};Command Timeout=0",
            configure: options => options.CommandTimeout = Hasty.CommandTimeout
        );

    /// <summary>Until the connection is disposed of.</summary>
    private static async Task<NpgsqlConnection> HoldAsync(InboxBench bench, string sql)
    {
        var connection = await bench.Database.OpenConnectionAsync();
        await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static async Task ShouldFailInTimeAsync(Task statement) =>
        (await Should.ThrowAsync<InboxException>(() => statement.WaitAsync(Patience))).Message.ShouldContain("in time");
}
