using RuangKerja.Events.Subscriber.Inbox;
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

        // After a restart; version 4 does not exist any more.
        var restarted = bench.Process(transactions);
        (await HandleAsync(restarted.Inbox, Version(4))).ShouldBe(Verdict.BehindGap);
        (await HandleAsync(restarted.Inbox, Version(2, replay: replay))).ShouldBe(Verdict.Handle);
        (await HandleAsync(restarted.Inbox, Version(5, replay: Guid.NewGuid()))).ShouldBe(Verdict.BehindGap);
        (await HandleAsync(restarted.Inbox, Version(5, replay: replay))).ShouldBe(Verdict.Handle);

        (await bench.RowsAsync(Gaps)).ShouldBeEmpty();
        (await HandleAsync(restarted.Inbox, Version(6))).ShouldBe(Verdict.Handle);
        (await restarted.Gaps.CountAsync(CancellationToken.None)).ShouldBe(0);
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
        var request = Guid.NewGuid();
        var again = await other.Gaps.TakeDueAsync(request, CancellationToken.None);
        again.Count.ShouldBe(3);
        again.ShouldAllBe(gap => gap.Round == 2);
        await one.Gaps.NoteEndedAsync(request, CancellationToken.None);
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
}
