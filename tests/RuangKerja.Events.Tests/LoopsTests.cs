namespace RuangKerja.Events.Tests;

public sealed class LoopsTests
{
    [Fact]
    public async Task FaultOfOneLoop_IsSeenWhileTheOthersRun()
    {
        var running = new TaskCompletionSource();
        var fault = Task.FromException(new InvalidOperationException("A fault of ours."));

        await Should.ThrowAsync<InvalidOperationException>(() =>
            Loops.RunAsync([running.Task, fault]).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System)
        );
    }

    [Fact]
    public async Task LoopsThatEnd_AreAwaitedAll()
    {
        var last = new TaskCompletionSource();
        var running = Loops.RunAsync([Task.CompletedTask, last.Task]);
        running.IsCompleted.ShouldBeFalse();

        last.SetResult();

        await running.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
    }
}
