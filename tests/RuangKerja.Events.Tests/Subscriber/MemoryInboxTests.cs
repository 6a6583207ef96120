using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Tests.Subscriber;

public sealed class MemoryInboxTests
{
    private readonly MemoryInbox _inbox = new(new MemoryInboxOptions { Assignments = 100 });

    [Fact]
    public async Task Message_is_a_duplicate_once_it_was_committed()
    {
        var delivery = Of("A-1", 1);

        (await VerdictAsync(delivery, commit: false)).ShouldBe(Verdict.Handle);
        (await VerdictAsync(delivery, commit: true)).ShouldBe(Verdict.Handle);
        (await VerdictAsync(delivery, commit: true)).ShouldBe(Verdict.Duplicate);
    }

    [Fact]
    public async Task Subscribers_and_companies_do_not_share_what_they_know()
    {
        var delivery = Of("A-1", 1);
        await VerdictAsync(delivery, commit: true);

        (await VerdictAsync(delivery with { Subscriber = "other" }, commit: true)).ShouldBe(Verdict.Handle);
        (await VerdictAsync(delivery with { Company = "other" }, commit: true)).ShouldBe(Verdict.Handle);
    }

    /// <summary>Nobody is told to wait for what nobody asks for.</summary>
    [Fact]
    public async Task Message_behind_a_gap_is_handled_and_the_missing_one_is_outdated_then()
    {
        await VerdictAsync(Of("A-1", 1), commit: true);

        (await VerdictAsync(Of("A-1", 4), commit: true)).ShouldBe(Verdict.Handle);
        (await VerdictAsync(Of("A-1", 2), commit: true)).ShouldBe(Verdict.Outdated);
    }

    /// <summary>As after a restart, when nobody remembers that it was given up.</summary>
    [Fact]
    public async Task Message_that_comes_again_from_the_error_queue_is_handled_once_as_late_as_it_is()
    {
        await VerdictAsync(Of("A-1", 2), commit: true);
        var again = Of("A-1", 1) with { WasGivenUp = true };

        (await VerdictAsync(again, commit: true)).ShouldBe(Verdict.Handle);
        (await VerdictAsync(again, commit: true)).ShouldBe(Verdict.Duplicate);
        (await VerdictAsync(Of("A-1", 2), commit: true)).ShouldBe(Verdict.Outdated);
    }

    [Fact]
    public async Task Assignment_that_was_quiet_for_longest_is_forgotten_first()
    {
        var (quiet, busy) = (Of("quiet", 1), Of("busy", 1));
        await VerdictAsync(quiet, commit: true);
        for (var other = 0; other < 99; other++)
        {
            await VerdictAsync(Of($"{other}", 1), commit: true);
            await VerdictAsync(Of("busy", other + 2), commit: true);
        }

        (await VerdictAsync(busy with { EventId = Guid.NewGuid() }, commit: true)).ShouldBe(Verdict.Outdated);
        (await VerdictAsync(quiet, commit: true)).ShouldBe(Verdict.Handle);
    }

    private async Task<Verdict> VerdictAsync(Delivery delivery, bool commit)
    {
        await using var entry = await _inbox.OpenAsync(delivery, CancellationToken.None);
        if (commit)
            await entry.CommitAsync(CancellationToken.None);
        return entry.Verdict;
    }

    private static Delivery Of(string assignment, long version) =>
        new("queue", Guid.NewGuid(), "default", assignment, version, version, null);
}
