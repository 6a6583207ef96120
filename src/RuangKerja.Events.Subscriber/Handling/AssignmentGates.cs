namespace RuangKerja.Events.Subscriber.Handling;

/// <summary>
/// Lets the deliveries of one assignment through one after another, in the order they came. One that is tried again and again holds
/// up its own assignment alone.
/// </summary>
internal sealed class AssignmentGates(TimeProvider time)
{
    // What went back to the broker first is to be there first. A place is kept until its way through the endpoint is over; the
    // last step, to the broker, comes after that, and no filter sees its end.
    private static readonly TimeSpan BehindAnother = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider _time = time;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Company, string Assignment), LinkedList<Place>> _queues = [];

    /// <summary>Takes a place behind all that have one already. The caller goes through when its turn has come.</summary>
    /// <param name="channel">What it came over; null where there is but one.</param>
    public Place Enter(string company, string assignment, object? channel)
    {
        var key = (company, assignment);
        lock (_lock)
        {
            if (!_queues.TryGetValue(key, out var queue))
                _queues[key] = queue = [];
            var place = new Place(this, key, channel);
            queue.AddLast(place);
            if (queue.Count == 1)
                place.Open();
            return place;
        }
    }

    private void Leave(Place place)
    {
        lock (_lock)
        {
            var queue = _queues[place.Key];
            var node = queue.Find(place)!;
            if (place.IsComingAgain)
                SendBack(node);
            queue.Remove(node);
            if (queue.First is { } first)
                first.Value.Open();
            else
                _queues.Remove(place.Key);
        }
    }

    /// <summary>
    /// One that comes again would be too old behind a later one: those behind it come again too. Not those of a later channel,
    /// of which it may be the first itself.
    /// </summary>
    private static void SendBack(LinkedListNode<Place> place)
    {
        for (var behind = place.Next; behind is not null; behind = behind.Next)
            if (behind.Value.Channel == place.Value.Channel)
                behind.Value.ComeAgain();
    }

    /// <summary>A place in an assignment's queue; disposed, the next one goes through.</summary>
    internal sealed class Place(AssignmentGates gates, (string Company, string Assignment) key, object? channel)
        : IDisposable
    {
        private readonly TaskCompletionSource _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private volatile bool _isComingAgain;

        public (string Company, string Assignment) Key => key;

        public object? Channel => channel;

        public bool IsComingAgain => _isComingAgain;

        /// <summary>Returns when everybody before it has left.</summary>
        /// <exception cref="OperationCanceledException">One before it has left unsettled: this one is to come again, behind it.</exception>
        public async Task ComeAsync(CancellationToken cancellationToken)
        {
            await _turn.Task.WaitAsync(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            if (!_isComingAgain)
                return;
            await Task.Delay(BehindAnother, gates._time, cancellationToken);
            throw new OperationCanceledException("One before it comes again, and so does this one.");
        }

        /// <summary>It leaves unsettled, and the broker hands it out again.</summary>
        public void ComeAgain() => _isComingAgain = true;

        public void Open() => _turn.TrySetResult();

        public void Dispose() => gates.Leave(this);
    }
}
