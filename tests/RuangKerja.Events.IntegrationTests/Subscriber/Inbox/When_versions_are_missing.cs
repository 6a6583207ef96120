using RuangKerja.Events.Subscriber.Gaps;
using RuangKerja.Events.Subscriber.Inbox;
using RuangKerja.Events.Subscriber.Inbox.Postgres;
using static RuangKerja.Events.IntegrationTests.Subscriber.Inbox.InboxBench;

namespace RuangKerja.Events.IntegrationTests.Subscriber.Inbox;

/// <summary>Gaps as the database keeps them.</summary>
[Trait("Promise", "P4")]
public sealed class When_versions_are_missing(Servers servers)
{
    private const string Gaps =
        "select assignment_id, version, gap_version, gap_sequence from subscriber.course_status_assignment where gap_version is not null order by 1";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_be_kept_until_their_replay_has_brought_them(bool transactions)
    {
        await using var bench = await CreateAsync(servers);
        var process = bench.Process(transactions);
        await HandleAsync(process.Inbox, Version(1));

        (await HandleAsync(process.Inbox, Version(3))).ShouldBe(Verdict.BehindGap);
        (await HandleAsync(process.Inbox, Version(5))).ShouldBe(Verdict.BehindGap);
        (await bench.RowsAsync(Gaps)).ShouldBe(["ASGC-1/ID-1/0a1b2c3d | 1 | 5 | 500"]);

        var (request, replay) = (Guid.NewGuid(), Guid.NewGuid());
        var due = (await process.Gaps.TakeDueAsync(request, CancellationToken.None)).ShouldHaveSingleItem();
        (due.Version, due.Sequence, due.Highest, due.HighestSequence, due.Round).ShouldBe((1, 100, 5, 500, 1));
        await process.Gaps.NoteStartedAsync(request, replay, CancellationToken.None);

        // After a restart.
        var restarted = bench.Process(transactions);
        (await HandleAsync(restarted.Inbox, Version(3, replay: replay))).ShouldBe(Verdict.BehindGap);
        (await HandleAsync(restarted.Inbox, Version(2, replay: replay))).ShouldBe(Verdict.Handle);
        (await HandleAsync(restarted.Inbox, Version(3, replay: replay))).ShouldBe(Verdict.Handle);
        (await HandleAsync(restarted.Inbox, Version(4, replay: replay))).ShouldBe(Verdict.Handle);
        (await HandleAsync(restarted.Inbox, Version(5, replay: replay))).ShouldBe(Verdict.Handle);

        (await bench.RowsAsync(Gaps)).ShouldBeEmpty();
        (await HandleAsync(restarted.Inbox, Version(6))).ShouldBe(Verdict.Handle);
        (await restarted.Gaps.CountAsync(CancellationToken.None)).ShouldBe(0);
    }

    /// <summary>A replay's message may be judged before its neighbour, or before the replay is known to be the gap's.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_be_passed_over_behind_a_whole_replay_without_them_by_a_later_one_alone(bool transactions)
    {
        await using var bench = await CreateAsync(servers);
        var process = bench.Process(transactions);
        await HandleAsync(process.Inbox, Version(1));
        await HandleAsync(process.Inbox, Version(4));

        // Versions 2 and 3 do not exist any more. The first replay brings what follows, and has its end; one was cut off before.
        var cancelled = await BeginAsync(bench, process);
        await process.Gaps.NoteEndedAsync(cancelled.Request, isWhole: false, CancellationToken.None);
        var first = await BeginAsync(bench, process);
        foreach (var version in (long[])[5, 4, 6])
            (await HandleAsync(process.Inbox, Version(version, replay: first.Replay))).ShouldBe(Verdict.BehindGap);
        await process.Gaps.NoteEndedAsync(first.Request, isWhole: true, CancellationToken.None);
        (await HandleAsync(process.Inbox, Version(4, replay: first.Replay))).ShouldBe(Verdict.BehindGap);

        var second = await BeginAsync(bench, process);
        (await HandleAsync(process.Inbox, Version(5, replay: second.Replay))).ShouldBe(Verdict.BehindGap);
        (await HandleAsync(process.Inbox, Version(4, replay: Guid.NewGuid()))).ShouldBe(Verdict.BehindGap);
        (await HandleAsync(process.Inbox, Version(4, replay: second.Replay))).ShouldBe(Verdict.Handle);
        (await HandleAsync(process.Inbox, Version(6, replay: second.Replay))).ShouldBe(Verdict.BehindGap);
        (await HandleAsync(process.Inbox, Version(5, replay: second.Replay))).ShouldBe(Verdict.Handle);
        (await HandleAsync(process.Inbox, Version(6, replay: second.Replay))).ShouldBe(Verdict.Handle);
        (await bench.RowsAsync(Gaps)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_be_asked_for_under_the_same_id_until_it_is_answered()
    {
        await using var bench = await CreateAsync(servers);
        var process = bench.Process();
        await HandleAsync(process.Inbox, Version(1));
        await HandleAsync(process.Inbox, Version(3));

        var first = await TakeAsync(bench, process);
        var repeated = await TakeAsync(bench, process);
        (repeated.RequestId, repeated.Round).ShouldBe((first.RequestId, 2));

        await process.Gaps.NoteEndedAsync(first.RequestId, isWhole: true, CancellationToken.None);
        // Late: it has ended.
        await process.Gaps.NoteStartedAsync(first.RequestId, Guid.NewGuid(), CancellationToken.None);
        (await bench.RowsAsync("select gap_replay_id from subscriber.course_status_assignment")).ShouldBe(["∅"]);
        (await TakeAsync(bench, process)).RequestId.ShouldNotBe(first.RequestId);
    }

    [Fact]
    public async Task Should_wait_while_a_request_for_many_of_its_company_is_under_way()
    {
        await using var bench = await CreateAsync(servers);
        var process = bench.Process();
        foreach (var assignment in (string[])["a", "b"])
            await OpenAsync(assignment);
        var request = Guid.NewGuid();
        (await process.Gaps.TakeDueAsync(request, CancellationToken.None)).Count.ShouldBe(2);

        await OpenAsync("c");
        (await process.Gaps.TakeDueAsync(Guid.NewGuid(), CancellationToken.None)).ShouldBeEmpty();

        await process.Gaps.NoteEndedAsync(request, isWhole: true, CancellationToken.None);
        (await process.Gaps.TakeDueAsync(Guid.NewGuid(), CancellationToken.None))
            .ShouldHaveSingleItem()
            .AssignmentId.ShouldBe("c");

        async Task OpenAsync(string assignment)
        {
            await HandleAsync(process.Inbox, Version(1, assignment));
            await HandleAsync(process.Inbox, Version(3, assignment));
        }
    }

    [Fact]
    public async Task Should_be_taken_by_one_instance_and_again_when_their_time_has_come()
    {
        await using var bench = await CreateAsync(servers);
        var (one, other) = (bench.Process(), bench.Process());
        foreach (var assignment in (string[])["a", "b", "c"])
        {
            await HandleAsync(one.Inbox, Version(1, assignment));
            await HandleAsync(one.Inbox, Version(3, assignment));
        }

        var taken = await Task.WhenAll(
            one.Gaps.TakeDueAsync(Guid.NewGuid(), CancellationToken.None),
            other.Gaps.TakeDueAsync(Guid.NewGuid(), CancellationToken.None)
        );
        taken.SelectMany(gaps => gaps).Select(gap => gap.AssignmentId).Order().ShouldBe(["a", "b", "c"]);
        (await one.Gaps.TakeDueAsync(Guid.NewGuid(), CancellationToken.None)).ShouldBeEmpty();

        await bench.ExecuteAsync("update subscriber.course_status_assignment set gap_due_at = now()");
        // Perhaps two requests, as they were taken.
        DueGap[] again =
        [
            .. await other.Gaps.TakeDueAsync(Guid.NewGuid(), CancellationToken.None),
            .. await other.Gaps.TakeDueAsync(Guid.NewGuid(), CancellationToken.None),
        ];
        again.Length.ShouldBe(3);
        again.ShouldAllBe(gap => gap.Round == 2);
        foreach (var request in again.Select(gap => gap.RequestId).Distinct())
            await one.Gaps.NoteEndedAsync(request, isWhole: true, CancellationToken.None);
        (
            await bench.RowsAsync(
                "select distinct gap_due_at between now() and now() + interval '10 s' from subscriber.course_status_assignment"
            )
        ).ShouldBe(["True"]);
    }

    [Fact]
    public async Task Should_not_matter_when_gaps_are_not_filled()
    {
        await using var bench = await CreateAsync(servers);
        var inbox = bench.Process(fillGaps: false).Inbox;

        (await HandleAsync(inbox, Version(1))).ShouldBe(Verdict.Handle);
        (await HandleAsync(inbox, Version(3))).ShouldBe(Verdict.Handle);
        (await HandleAsync(inbox, Version(2))).ShouldBe(Verdict.Outdated);
        (await bench.RowsAsync(Gaps)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_be_asked_for_when_what_is_behind_them_is_given_up_unread()
    {
        await using var bench = await CreateAsync(servers);
        var inbox = bench.Process().Inbox;
        await HandleAsync(inbox, Version(1));

        await inbox.NoteGivenUpAsync(Version(3), "The database was away.", CancellationToken.None);

        (await bench.RowsAsync(Gaps)).ShouldBe(["ASGC-1/ID-1/0a1b2c3d | 1 | 3 | 300"]);
        (await HandleAsync(inbox, Version(2))).ShouldBe(Verdict.Handle);
    }

    /// <summary>Its time has come, and the replay of it has begun.</summary>
    private static async Task<(Guid Request, Guid Replay)> BeginAsync(InboxBench bench, PostgresInboxParts process)
    {
        var (request, replay) = ((await TakeAsync(bench, process)).RequestId, Guid.NewGuid());
        await process.Gaps.NoteStartedAsync(request, replay, CancellationToken.None);
        return (request, replay);
    }

    private static async Task<DueGap> TakeAsync(InboxBench bench, PostgresInboxParts process)
    {
        await bench.ExecuteAsync("update subscriber.course_status_assignment set gap_due_at = now()");
        return (await process.Gaps.TakeDueAsync(Guid.NewGuid(), CancellationToken.None)).ShouldHaveSingleItem();
    }
}
