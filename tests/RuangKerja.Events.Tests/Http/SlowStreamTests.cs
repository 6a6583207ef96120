using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Service.Http.Api.Streams;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Tests.Http;

/// <summary>What a stream does in time: for clients that read slowly, not at all, or have nothing to read.</summary>
public sealed class SlowStreamTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task SlowButSteadyReader_GetsEverything()
    {
        await using var bench = new StreamBench();
        Fill(bench.History, 500);
        bench.Start();

        var text = "";
        while (!text.Contains("id: 400\n", StringComparison.Ordinal))
        {
            bench.Clock.Advance(20 * Second);
            text += await bench.ReadAsync(bytes: 16 * 1024);
        }

        bench.IsCutOff.ShouldBeFalse();
        Enumerable.Range(1, 400).ShouldAllBe(sequence => text.Contains($"id: {sequence}\n"));
    }

    [Fact]
    public async Task ReaderOfNothing_IsCutOffAfterAMinute()
    {
        await using var bench = new StreamBench();
        Fill(bench.History, 500);
        bench.Start();
        var begin = bench.Clock.GetUtcNow();

        await Wait.Until(
            () =>
            {
                bench.Clock.Advance(Second);
                return bench.IsCutOff;
            },
            Patience
        );

        (bench.Clock.GetUtcNow() - begin).ShouldBeGreaterThanOrEqualTo(60 * Second);
        await bench.Running.WaitAsync(Patience, TimeProvider.System);
    }

    [Fact]
    public async Task QuietStream_HasAComment()
    {
        await using var bench = new StreamBench();
        bench.Start();
        (await bench.ReadAsync()).ShouldStartWith("retry: ");
        var begin = bench.Clock.GetUtcNow();

        var text = await bench.ReadUntilAsync(": quiet\n\n", Second / 4);

        text.ShouldNotContain("id:");
        (bench.Clock.GetUtcNow() - begin).ShouldBeGreaterThanOrEqualTo(15 * Second);
    }

    [Fact]
    public async Task Comment_MovesTheClientPastWhatItsFilterLeftOut()
    {
        await using var bench = new StreamBench();
        Fill(bench.History, 7);
        bench.Start(new EventFilter { Kinds = [ChangeKind.Completed] });
        (await bench.ReadAsync()).ShouldStartWith("retry: ");

        var text = await bench.ReadUntilAsync(": quiet\nid: 7\n\n", Second / 4);

        text.ShouldNotContain("event:");
    }

    [Fact]
    public async Task ReadingThatFails_IsTriedAgainAfterAWhileOnly()
    {
        await using var bench = new StreamBench();
        Fill(bench.History, 1);
        bench.History.ReadTrouble = Trouble.Database();
        bench.Start();
        await Wait.Until(() => bench.History.FailedReads == 1 && bench.Clock.PendingTimers > 0, Patience);
        var begin = bench.Clock.GetUtcNow();

        await Wait.Until(
            () =>
            {
                bench.Clock.Advance(Second / 4);
                return bench.History.FailedReads > 1;
            },
            Patience
        );

        (bench.Clock.GetUtcNow() - begin).ShouldBeGreaterThanOrEqualTo(5 * Second);
        bench.History.ReadTrouble = null;
        await bench.ReadUntilAsync("id: 1\n", Second);
    }

    [Fact]
    public async Task ClientsOfTheSameCompanies_ShareALookHoweverTheyNameThem()
    {
        var (history, clock) = (new MemoryHistory(), new Clock());
        var ready = new TaskCompletionSource();
        history.Ready = ready.Task;
        using var gate = new ReaderGate(5, clock);
        var lifetime = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        var watch = new HorizonWatch(new GatedHistory(history, gate), clock, lifetime);
        var (acme, globex) = (HttpBench.Named("acme"), HttpBench.Named("globex"));

        var looks = Task.WhenAll(
            watch.NextAsync([acme, globex], CancellationToken.None),
            watch.NextAsync([globex, acme], CancellationToken.None),
            watch.NextAsync([globex, acme, globex], CancellationToken.None)
        );
        ready.SetResult();
        await looks;

        history.HorizonReads.ShouldBe(1);
    }

    private static void Fill(MemoryHistory history, int count)
    {
        for (var sequence = 1; sequence <= count; sequence++)
            history.Add(sequence);
        history.Horizon = count;
    }
}
