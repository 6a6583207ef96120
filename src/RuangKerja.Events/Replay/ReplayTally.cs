using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Replay;

/// <summary>How far a replay has come, over all connections that it needed. Thread-safe.</summary>
internal sealed class ReplayTally(ReplayJob job)
{
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private ReplayProgress _now = new(job.Position, job.Sent, job.Unreadable, job.Reason);

    /// <summary>As it stands.</summary>
    public ReplayProgress Now
    {
        get
        {
            lock (_gate)
                return _now;
        }
    }

    /// <summary>The broker has taken the event of this sequence, and all before it.</summary>
    public void Confirm(long sequence)
    {
        lock (_gate)
            _now = new ReplayProgress(sequence, _now.Sent + 1, _now.Unreadable);
    }

    /// <summary>The event of this sequence cannot be read; all before it are taken.</summary>
    public void Pass(long sequence)
    {
        lock (_gate)
            _now = _now with { Position = sequence, Unreadable = _now.Unreadable + 1 };
    }

    /// <summary>Nothing more is meant up to this sequence.</summary>
    public void Complete(long sequence)
    {
        lock (_gate)
            _now = _now with { Position = Math.Max(_now.Position, sequence), Reason = null };
    }

    /// <summary>It waits for something, until the next message is taken.</summary>
    public void Wait(string reason)
    {
        lock (_gate)
            _now = _now with { Reason = reason };
    }
}
