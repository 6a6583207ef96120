using RuangKerja.Events.Subscriber.Inbox;
using static RuangKerja.Events.IntegrationTests.Subscriber.Inbox.InboxBench;

namespace RuangKerja.Events.IntegrationTests.Subscriber.Inbox;

/// <summary>With a transaction for each message: of two processes one wins, and the other waits for what comes of it.</summary>
[Trait("Promise", "P3")]
public sealed class When_two_processes_get_the_same_event(Servers servers)
{
    private const string Waiters = """
        select 1 from pg_locks
        where not granted and locktype = 'advisory'
          and database = (select oid from pg_database where datname = current_database())
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Should_be_dropped_by_the_other_when_the_first_commits(long version)
    {
        await using var bench = await CreateAsync(servers);
        var (one, other) = await TwoAsync(bench, version);
        await using var first = await one.OpenAsync(Version(version), CancellationToken.None);
        first.Verdict.ShouldBe(Verdict.Handle);

        var second = HandleAsync(other, Version(version));
        await WaitForWaiterAsync(bench);
        await AddEffectAsync(first.Transaction!, Version(version));
        await first.CommitAsync(CancellationToken.None);

        (await second.WaitAsync(Patience)).ShouldBe(Verdict.Duplicate);
        (await bench.EffectsAsync())[^1].ShouldBe($"{version}");
        (await bench.EffectsAsync()).Distinct().Count().ShouldBe((int)version);
    }

    [Fact]
    public async Task Should_be_handled_by_the_other_when_the_first_fails()
    {
        await using var bench = await CreateAsync(servers);
        var (one, other) = await TwoAsync(bench, 1);
        await using (var first = await one.OpenAsync(Version(1), CancellationToken.None))
        {
            var second = HandleAsync(other, Version(1));
            await WaitForWaiterAsync(bench);
            await AddEffectAsync(first.Transaction!, Version(1));
            await first.DisposeAsync();

            (await second.WaitAsync(Patience)).ShouldBe(Verdict.Handle);
        }

        (await bench.EffectsAsync()).ShouldBe(["1"]);
    }

    [Fact]
    public async Task Should_keep_a_later_one_waiting_and_not_call_it_a_gap()
    {
        await using var bench = await CreateAsync(servers);
        var (one, other) = await TwoAsync(bench, 2);
        await using var first = await one.OpenAsync(Version(2), CancellationToken.None);

        var second = HandleAsync(other, Version(3));
        await WaitForWaiterAsync(bench);
        await first.CommitAsync(CancellationToken.None);

        (await second.WaitAsync(Patience)).ShouldBe(Verdict.Handle);
    }

    [Fact]
    public async Task Should_not_wait_for_an_event_of_another_assignment()
    {
        await using var bench = await CreateAsync(servers);
        var (one, other) = await TwoAsync(bench, 1);
        await using var first = await one.OpenAsync(Version(1), CancellationToken.None);

        (await HandleAsync(other, Version(1, "ASGC-2/ID-2/0a1b2c3d")).WaitAsync(Patience)).ShouldBe(Verdict.Handle);
    }

    [Fact]
    public async Task Should_fail_in_time_when_the_first_never_ends()
    {
        await using var bench = await CreateAsync(servers);
        var one = bench.Process().Inbox;
        var other = bench.Process(configure: options => options.CommandTimeout = TimeSpan.FromSeconds(1)).Inbox;
        await using var first = await one.OpenAsync(Version(1), CancellationToken.None);

        var failure = await Should.ThrowAsync<InboxException>(() => HandleAsync(other, Version(1)));

        failure.Message.ShouldContain("another process");
        await first.DisposeAsync();
        (await HandleAsync(other, Version(1))).ShouldBe(Verdict.Handle);
    }

    /// <summary>Two processes; what is before the version was handled by the first.</summary>
    private static async Task<(IInbox One, IInbox Other)> TwoAsync(InboxBench bench, long version)
    {
        var (one, other) = (bench.Process().Inbox, bench.Process().Inbox);
        for (var before = 1; before < version; before++)
            await HandleAsync(one, Version(before));
        return (one, other);
    }

    private static Task WaitForWaiterAsync(InboxBench bench) =>
        Wait.Until(async () => (await bench.RowsAsync(Waiters)).Count > 0, Patience, "the other process waits");
}
