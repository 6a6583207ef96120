namespace RuangKerja.Events.Subscriber.Handling;

/// <summary>
/// The deliveries of one channel, in the order the broker handed them out. They are worked on by many at once from the first
/// byte on, and two neighbours may overtake each other before anybody knows that they are of one assignment; here each
/// waits for those before it.
/// </summary>
/// <remarks>A channel counts its deliveries: 1, 2, 3 … without gaps.</remarks>
internal sealed class DeliveryLine(TimeProvider time)
{
    /// <summary>
    /// Nobody waits longer. MassTransit drops deliveries without a word when their consumer is being stopped, and on a channel that
    /// is used again nobody else would hear of them.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();

    // Those that have passed before their turn.
    private readonly HashSet<ulong> _early = [];
    private readonly Dictionary<ulong, TaskCompletionSource> _waiting = [];
    private ulong _next = 1;

    /// <summary>Returns when everything before it has passed, or is not to be waited for any longer.</summary>
    public async Task ComeAsync(ulong tag, CancellationToken cancellationToken)
    {
        var turn = Await(tag);
        if (turn.IsCompleted)
            return;

        try
        {
            await turn.WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            Skip(tag);
        }
    }

    /// <summary>Lets the next one come. More than once is as good as once.</summary>
    public void Pass(ulong tag)
    {
        lock (_gate)
        {
            if (tag < _next)
                return;
            _early.Add(tag);
            Advance();
        }
    }

    private Task Await(ulong tag)
    {
        lock (_gate)
        {
            if (tag <= _next)
                return Task.CompletedTask;
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting[tag] = turn;
            return turn.Task;
        }
    }

    /// <summary>Waits for nobody before a delivery any more.</summary>
    private void Skip(ulong tag)
    {
        lock (_gate)
        {
            foreach (var passed in _waiting.Keys.Where(waiting => waiting <= tag).Order().ToList())
                Release(passed);
            if (tag > _next)
                _next = tag;
            _early.RemoveWhere(passed => passed < tag);
            Advance();
        }
    }

    private void Advance()
    {
        while (_early.Remove(_next))
            _next++;
        Release(_next);
    }

    private void Release(ulong tag)
    {
        if (_waiting.Remove(tag, out var turn))
            turn.TrySetResult();
    }
}
