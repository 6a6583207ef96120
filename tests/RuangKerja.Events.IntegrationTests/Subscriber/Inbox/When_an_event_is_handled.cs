using RuangKerja.Events.Subscriber.Inbox;
using static RuangKerja.Events.IntegrationTests.Subscriber.Inbox.InboxBench;

namespace RuangKerja.Events.IntegrationTests.Subscriber.Inbox;

/// <summary>The inbox in PostgreSQL: what it remembers, with a transaction for each message and without.</summary>
[Trait("Promise", "P3")]
public sealed class When_an_event_is_handled(Servers servers)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_be_dropped_when_it_or_an_older_one_comes_again(bool transactions)
    {
        await using var bench = await CreateAsync(servers);
        var inbox = bench.Process(transactions).Inbox;

        (await HandleAsync(inbox, Version(4))).ShouldBe(Verdict.Handle);
        (await HandleAsync(inbox, Version(4))).ShouldBe(Verdict.Duplicate);
        // It was before what the subscriber began with.
        (await HandleAsync(inbox, Version(3))).ShouldBe(Verdict.Outdated);
        (await HandleAsync(inbox, Version(5))).ShouldBe(Verdict.Handle);
        (await HandleAsync(inbox, Version(4))).ShouldBe(Verdict.Duplicate);
        (await HandleAsync(inbox, Version(4, "ASGC-1/ID-2/0a1b2c3d"))).ShouldBe(Verdict.Handle);
        // After a restart as well.
        (await HandleAsync(bench.Process(transactions).Inbox, Version(5))).ShouldBe(Verdict.Duplicate);
    }

    [Fact]
    public async Task Should_be_committed_with_its_effect_or_not_at_all()
    {
        await using var bench = await CreateAsync(servers);
        var inbox = bench.Process().Inbox;

        await using (var failed = await inbox.OpenAsync(Version(1), CancellationToken.None))
            await AddEffectAsync(failed.Transaction!, Version(1));
        (await bench.EffectsAsync()).ShouldBeEmpty();

        (await HandleAsync(inbox, Version(1))).ShouldBe(Verdict.Handle);
        (await HandleAsync(inbox, Version(1))).ShouldBe(Verdict.Duplicate);
        (await bench.EffectsAsync()).ShouldBe(["1"]);
    }

    [Fact]
    public async Task Should_not_be_marked_when_a_statement_of_the_consumer_failed_and_was_passed_over()
    {
        await using var bench = await CreateAsync(servers);
        var inbox = bench.Process().Inbox;

        await using (var entry = await inbox.OpenAsync(Version(1), CancellationToken.None))
        {
            await AddEffectAsync(entry.Transaction!, Version(1));
            await using var wrong = entry.Transaction!.Connection.CreateCommand();
            wrong.CommandText = "select 1 / 0";
            await Should.ThrowAsync<Npgsql.PostgresException>(() => wrong.ExecuteNonQueryAsync());
            var failure = await Should.ThrowAsync<InboxRefusedException>(() =>
                entry.CommitAsync(CancellationToken.None)
            );
            failure.Message.ShouldContain("savepoint");
        }

        (await bench.EffectsAsync()).ShouldBeEmpty();
        (await HandleAsync(inbox, Version(1))).ShouldBe(Verdict.Handle);
    }

    /// <summary>It is the consumer's text: a note that fails for it would be tried again for ever, as if the database were away.</summary>
    [Fact]
    public async Task Should_be_noted_as_given_up_whatever_the_reason_is_written_with()
    {
        await using var bench = await CreateAsync(servers);
        var inbox = bench.Process().Inbox;
        string[] reasons =
        [
            "\ud83d is half a character",
            "a zero \0 in it",
            // A character of two halves, just where the reason is cut off.
            new string('x', 1_999) + "\ud83d\udd25",
        ];

        foreach (var reason in reasons)
            await inbox.NoteGivenUpAsync(Version(1, $"{reason.Length}"), reason, CancellationToken.None);

        (await bench.RowsAsync("select given_up from subscriber.course_status_inbox order by 1")).ShouldBe(
            ["a zero � in it", "� is half a character", new string('x', 1_999)],
            ignoreOrder: true
        );
    }

    /// <summary>A year later its mark is gone, and the message still tells.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_be_handled_late_once_when_that_it_was_given_up_is_forgotten(bool transactions)
    {
        await using var bench = await CreateAsync(servers);
        var inbox = bench.Process(transactions).Inbox;
        await inbox.NoteGivenUpAsync(Version(1), "It is poison.", CancellationToken.None);
        await HandleAsync(inbox, Version(2));
        await bench.ExecuteAsync("delete from subscriber.course_status_inbox");

        var again = Version(1) with { WasGivenUp = true };
        (await HandleAsync(inbox, again)).ShouldBe(Verdict.Handle);
        (await HandleAsync(inbox, again)).ShouldBe(Verdict.Duplicate);
        (await HandleAsync(inbox, Version(3))).ShouldBe(Verdict.Handle);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_be_handled_late_once_when_it_was_given_up(bool transactions)
    {
        await using var bench = await CreateAsync(servers);
        var inbox = bench.Process(transactions).Inbox;
        await HandleAsync(inbox, Version(1));

        await inbox.NoteGivenUpAsync(Version(2), "It is poison.", CancellationToken.None);

        // It holds up nothing, and is no gap.
        (await HandleAsync(inbox, Version(3))).ShouldBe(Verdict.Handle);
        (
            await bench.RowsAsync("select given_up from subscriber.course_status_inbox where given_up is not null")
        ).ShouldBe(["It is poison."]);
        (await HandleAsync(inbox, Version(2))).ShouldBe(Verdict.Handle);
        (await HandleAsync(inbox, Version(2))).ShouldBe(Verdict.Duplicate);
        (await HandleAsync(inbox, Version(4))).ShouldBe(Verdict.Handle);
    }

    [Fact]
    public async Task Should_not_count_as_given_up_when_only_the_last_answer_was_lost()
    {
        await using var bench = await CreateAsync(servers);
        var inbox = bench.Process().Inbox;
        await HandleAsync(inbox, Version(1));

        await inbox.NoteGivenUpAsync(Version(1), "The commit was not known to be done.", CancellationToken.None);

        (await HandleAsync(inbox, Version(1))).ShouldBe(Verdict.Duplicate);
    }

    [Fact]
    public async Task Should_be_told_apart_by_subscriber()
    {
        await using var bench = await CreateAsync(servers);
        var inbox = bench.Process().Inbox;
        await HandleAsync(inbox, Version(1));

        await bench.ExecuteAsync(
            "update subscriber.course_status_inbox set subscriber = 'other'; update subscriber.course_status_assignment set subscriber = 'other'"
        );

        (await HandleAsync(inbox, Version(1))).ShouldBe(Verdict.Handle);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_have_one_effect_each_when_many_come_at_once(bool transactions)
    {
        await using var bench = await CreateAsync(servers);
        var inbox = bench.Process(transactions).Inbox;

        var verdicts = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(n => HandleLifeAsync(inbox, $"ASGC-{n}/ID-{n}/0a1b2c3d"))
        );

        verdicts.ShouldAllBe(of => of.SequenceEqual(new[] { Verdict.Handle, Verdict.Handle, Verdict.Duplicate }));
        (await bench.RowsAsync("select count(*), sum(version) from subscriber.course_status_assignment")).ShouldBe([
            "200 | 400",
        ]);
    }

    [Fact]
    public async Task Should_be_looked_for_by_its_keys_though_the_plan_was_made_for_empty_tables()
    {
        await using var bench = await CreateAsync(servers);
        var process = bench.Process();
        await process.Tables.EnsureAsync(CancellationToken.None);

        var plan = await bench.RowsAsync(
            $"""
            set plan_cache_mode = force_generic_plan;
            prepare known (text, text[], text[], bigint[], uuid[]) as {process.Sql.ReadKnown};
            explain execute known ('certificates', null, null, null, null)
            """
        );

        plan.ShouldContain(line => line.Contains("course_status_assignment_pkey"));
        plan.ShouldContain(line => line.Contains("course_status_inbox_pkey"));
    }

    [Fact]
    public async Task Should_fail_alone_when_the_database_cannot_hold_its_text()
    {
        await using var bench = await CreateAsync(servers);
        var inbox = bench.Process(transactions: false).Inbox;
        string[] assignments = ["good", "bad\0", "half \ud800", new('x', 10_000), "as good"];

        var outcomes = await Task.WhenAll(
            assignments.Select(async assignment =>
            {
                try
                {
                    return $"{await HandleAsync(inbox, Version(1, assignment))}";
                }
                catch (InboxRefusedException refused)
                {
                    return refused.Message[..8];
                }
            })
        );

        outcomes.ShouldBe(["Handle", "Opening ", "Opening ", "Opening ", "Handle"]);
    }

    private static async Task<Verdict[]> HandleLifeAsync(IInbox inbox, string assignment) =>
        [
            await HandleAsync(inbox, Version(1, assignment)),
            await HandleAsync(inbox, Version(2, assignment)),
            await HandleAsync(inbox, Version(1, assignment)),
        ];
}
