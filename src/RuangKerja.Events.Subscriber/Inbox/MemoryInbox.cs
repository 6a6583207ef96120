namespace RuangKerja.Events.Subscriber.Inbox;

/// <summary>
/// Remembers in memory, of a bounded number of assignments. It asks for nothing that is missing, since at a restart it would not
/// know any more that something is.
/// </summary>
internal sealed class MemoryInbox(MemoryInboxOptions options) : IInbox
{
    private readonly Lock _gate = new();
    private readonly Dictionary<
        (string Subscriber, string Company, string Assignment),
        LinkedListNode<Memory>
    > _known = [];

    // The one that was quiet for longest comes first.
    private readonly LinkedList<Memory> _byAge = [];

    /// <inheritdoc />
    public Task<IInboxEntry> OpenAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var memory = _known.GetValueOrDefault(KeyOf(delivery))?.Value;
            var handled = memory?.Events.Contains(delivery.EventId) ?? false;
            var judgement = VersionGuard.Judge(memory?.Progress, delivery, handled, fillGaps: false);
            return Task.FromResult<IInboxEntry>(new Entry(this, delivery, judgement));
        }
    }

    /// <inheritdoc />
    public Task NoteGivenUpAsync(Delivery delivery, string reason, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var memory = Recall(delivery);
            memory.Progress = VersionGuard.GiveUp(memory.Progress, delivery);
        }

        return Task.CompletedTask;
    }

    private void Keep(Delivery delivery, AssignmentProgress then)
    {
        lock (_gate)
        {
            var memory = Recall(delivery);
            memory.Progress = then;
            memory.Events.Add(delivery.EventId);
        }
    }

    /// <summary>What is remembered of an assignment, as the one that was quiet for the shortest time.</summary>
    private Memory Recall(Delivery delivery)
    {
        var key = KeyOf(delivery);
        if (_known.TryGetValue(key, out var node))
            _byAge.Remove(node);
        else
            _known[key] = node = new LinkedListNode<Memory>(new Memory(key));
        _byAge.AddLast(node);

        if (_known.Count > options.Assignments && _byAge.First is { } oldest)
        {
            _byAge.Remove(oldest);
            _known.Remove(oldest.Value.Key);
        }

        return node.Value;
    }

    private static (string Subscriber, string Company, string Assignment) KeyOf(Delivery delivery) =>
        (delivery.Subscriber, delivery.Company, delivery.AssignmentId);

    private sealed class Memory((string Subscriber, string Company, string Assignment) key)
    {
        public (string Subscriber, string Company, string Assignment) Key { get; } = key;

        public AssignmentProgress? Progress { get; set; }

        // An assignment has a few versions in its life.
        public HashSet<Guid> Events { get; } = [];
    }

    private sealed class Entry(MemoryInbox inbox, Delivery delivery, Judgement judgement) : IInboxEntry
    {
        public Verdict Verdict => judgement.Verdict;

        public InboxTransaction? Transaction => null;

        public Task CommitAsync(CancellationToken cancellationToken)
        {
            if (Verdict == Verdict.Handle)
                inbox.Keep(delivery, judgement.Then);
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
