namespace RuangKerja.Events.Subscriber.Handling;

/// <summary>
/// Lets the deliveries of one assignment through one after another, in the order they came. One that is tried again and again holds
/// up its own assignment alone.
/// </summary>
internal sealed class AssignmentGates
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Company, string Assignment), LinkedList<Place>> _queues = [];

    /// <summary>Takes a place behind all that have one already. The caller goes through when its turn has come.</summary>
    public Place Enter(string company, string assignment)
    {
        var key = (company, assignment);
        lock (_lock)
        {
            if (!_queues.TryGetValue(key, out var queue))
                _queues[key] = queue = [];
            var place = new Place(this, key);
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
            queue.Remove(place);
            if (queue.First is { } first)
                first.Value.Open();
            else
                _queues.Remove(place.Key);
        }
    }

    /// <summary>A place in an assignment's queue; disposed, the next one goes through.</summary>
    internal sealed class Place(AssignmentGates gates, (string Company, string Assignment) key) : IDisposable
    {
        private readonly TaskCompletionSource _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public (string Company, string Assignment) Key => key;

        /// <summary>Returns when everybody before it has left.</summary>
        public Task ComeAsync(CancellationToken cancellationToken) => _turn.Task.WaitAsync(cancellationToken);

        public void Open() => _turn.TrySetResult();

        public void Dispose() => gates.Leave(this);
    }
}
