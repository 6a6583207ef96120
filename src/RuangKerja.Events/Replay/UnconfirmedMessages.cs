namespace RuangKerja.Events.Replay;

/// <summary>
/// What was sent over one channel and is not settled, in the order of sending. The broker confirms out of order; the tally
/// moves only over what is confirmed without a gap, so that whoever goes on there leaves nothing out. Thread-safe.
/// </summary>
internal sealed class UnconfirmedMessages(ReplayTally tally)
{
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly Queue<Entry> _entries = new();

    /// <summary>A message is about to be sent.</summary>
    /// <param name="tag">1, 2, 3 … as the broker counts the messages of a channel.</param>
    /// <param name="sequence">Of its event.</param>
    public void Add(ulong tag, long sequence)
    {
        lock (_gate)
            _entries.Enqueue(new Entry(tag, sequence));
    }

    /// <summary>The next event has no message.</summary>
    public void Pass(long sequence)
    {
        lock (_gate)
        {
            _entries.Enqueue(new Entry(Tag: 0, sequence) { IsConfirmed = true });
            Settle();
        }
    }

    /// <summary>The broker has taken one, or all up to it. Returns how many are settled by that.</summary>
    public int Confirm(ulong tag, bool multiple)
    {
        lock (_gate)
        {
            foreach (var entry in _entries)
            {
                if (entry.Tag > tag)
                    break;
                entry.IsConfirmed |= multiple || entry.Tag == tag;
            }

            return Settle();
        }
    }

    private int Settle()
    {
        var settled = 0;
        while (_entries.TryPeek(out var entry) && entry.IsConfirmed)
        {
            _entries.Dequeue();
            if (entry.Tag == 0)
            {
                tally.Pass(entry.Sequence);
                continue;
            }

            tally.Confirm(entry.Sequence);
            settled++;
        }

        return settled;
    }

    private sealed record Entry(ulong Tag, long Sequence)
    {
        public bool IsConfirmed { get; set; }
    }
}
