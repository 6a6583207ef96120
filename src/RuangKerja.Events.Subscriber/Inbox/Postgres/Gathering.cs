namespace RuangKerja.Events.Subscriber.Inbox.Postgres;

/// <summary>
/// Does what waits at the same time at once: while one run is under way, what comes gathers for the next. So a lone item
/// waits for nobody, and many share what a run costs.
/// </summary>
/// <param name="run">Does some; its results are in the same order.</param>
/// <param name="most">How many one run does at most.</param>
internal sealed class Gathering<TItem, TResult>(Func<TItem[], Task<TResult[]>> run, int most)
{
    private readonly Lock _gate = new();
    private readonly Queue<(TItem Item, TaskCompletionSource<TResult> Done)> _waiting = new();
    private bool _isRunning;

    /// <summary>Returns with the item's own result, or throws what its run has thrown.</summary>
    public Task<TResult> RunAsync(TItem item)
    {
        // What follows a result must not run where the next run is to begin.
        var done = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Enqueue((item, done));
            if (_isRunning)
                return done.Task;
            _isRunning = true;
        }

        _ = Task.Run(RunAllAsync);
        return done.Task;
    }

    private async Task RunAllAsync()
    {
        while (Take() is { Length: > 0 } taken)
        {
            try
            {
                var results = await run([.. taken.Select(one => one.Item)]);
                foreach (var ((_, done), result) in taken.Zip(results))
                    done.SetResult(result);
            }
            // Whatever it is, it is theirs who wait.
            catch (Exception error)
            {
                foreach (var (_, done) in taken)
                {
                    done.SetException(error);
                    // Who has given up waiting looks no more: that is no exception that nobody has seen.
                    _ = done.Task.Exception;
                }
            }
        }
    }

    /// <summary>None when nobody waits: whoever comes next begins anew.</summary>
    private (TItem Item, TaskCompletionSource<TResult> Done)[] Take()
    {
        lock (_gate)
        {
            var taken = new (TItem, TaskCompletionSource<TResult>)[Math.Min(_waiting.Count, most)];
            for (var i = 0; i < taken.Length; i++)
                taken[i] = _waiting.Dequeue();
            _isRunning = taken.Length > 0;
            return taken;
        }
    }
}
