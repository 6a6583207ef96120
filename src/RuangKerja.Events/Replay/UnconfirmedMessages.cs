using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Replay;

/// <summary>
/// What was sent over one channel and is not settled, in the order of sending. The broker confirms out of order; the tally
/// moves only over what is confirmed without a gap, so that whoever goes on there leaves nothing out. Thread-safe.
/// </summary>
/// <param name="most">So many messages may be unsettled at once.</param>
internal sealed class UnconfirmedMessages(ReplayTally tally, int most)
{
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly Queue<Entry> _entries = new();
    private readonly HashSet<(Company, AssignmentId)> _assignments = [];
    private int _messages;

    /// <summary>Whether everything is settled.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _entries.Count == 0;
        }
    }

    /// <summary>
    /// A message is about to be sent. False when it must wait: there is no room, or an earlier message of its assignment is
    /// unconfirmed. The broker may refuse that one and take this one; a subscriber that has the later would not take the earlier.
    /// </summary>
    /// <param name="tag">1, 2, 3 … as the broker counts the messages of a channel.</param>
    public bool TryAdd(ulong tag, StoredEvent stored)
    {
        lock (_gate)
        {
            var assignment = (stored.Company, stored.AssignmentId);
            if (_messages == most || !_assignments.Add(assignment))
                return false;

            _messages++;
            _entries.Enqueue(new Entry(tag, stored.Sequence, assignment));
            return true;
        }
    }

    /// <summary>The next event has no message.</summary>
    public void Pass(long sequence)
    {
        lock (_gate)
        {
            _entries.Enqueue(new Entry(Tag: 0, sequence, default) { IsConfirmed = true });
            Settle();
        }
    }

    /// <summary>The broker has taken one, or all up to it.</summary>
    public void Confirm(ulong tag, bool multiple)
    {
        lock (_gate)
        {
            foreach (var entry in _entries)
            {
                if (entry.Tag > tag)
                    break;
                if (!entry.IsConfirmed && (multiple || entry.Tag == tag))
                {
                    entry.IsConfirmed = true;
                    _assignments.Remove(entry.Assignment);
                }
            }

            Settle();
        }
    }

    private void Settle()
    {
        while (_entries.TryPeek(out var entry) && entry.IsConfirmed)
        {
            _entries.Dequeue();
            if (entry.Tag == 0)
            {
                tally.Pass(entry.Sequence);
                continue;
            }

            tally.Confirm(entry.Sequence);
            _messages--;
        }
    }

    private sealed record Entry(ulong Tag, long Sequence, (Company, AssignmentId) Assignment)
    {
        public bool IsConfirmed { get; set; }
    }
}
