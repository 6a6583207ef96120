using RuangKerja.Events.Subscriber.Inbox.Postgres;

namespace RuangKerja.Events.Tests.Subscriber;

public sealed class GatheringTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<int[]> _runs = [];
    private readonly SemaphoreSlim _go = new(0);
    private readonly SemaphoreSlim _begun = new(0);

    [Fact]
    public async Task What_comes_while_a_run_is_under_way_shares_the_next()
    {
        var gathering = new Gathering<int, string>(RunAsync, most: 3);
        var first = gathering.RunAsync(1);
        (await _begun.WaitAsync(Patience)).ShouldBeTrue();
        var others = Enumerable.Range(2, 4).Select(gathering.RunAsync).ToList();
        _go.Release(3);

        (await first.WaitAsync(Patience)).ShouldBe("result of 1");
        (await Task.WhenAll(others).WaitAsync(Patience)).ShouldBe([
            "result of 2",
            "result of 3",
            "result of 4",
            "result of 5",
        ]);
        _runs.ShouldBe([
            [1],
            [2, 3, 4],
            [5],
        ]);
    }

    [Fact]
    public async Task Failure_is_theirs_who_shared_the_run_and_no_others()
    {
        var gathering = new Gathering<int, string>(RunAsync, most: 3);
        var first = gathering.RunAsync(1);
        (await _begun.WaitAsync(Patience)).ShouldBeTrue();
        var bad = gathering.RunAsync(-1);
        var shared = gathering.RunAsync(2);
        _go.Release(3);

        await first.WaitAsync(Patience);
        await Should.ThrowAsync<InvalidOperationException>(() => bad.WaitAsync(Patience));
        await Should.ThrowAsync<InvalidOperationException>(() => shared.WaitAsync(Patience));
        (await gathering.RunAsync(3).WaitAsync(Patience)).ShouldBe("result of 3");
    }

    private async Task<string[]> RunAsync(int[] items)
    {
        _runs.Add(items);
        _begun.Release();
        (await _go.WaitAsync(Patience)).ShouldBeTrue();
        return items.Contains(-1)
            ? throw new InvalidOperationException()
            : [.. items.Select(item => $"result of {item}")];
    }
}
