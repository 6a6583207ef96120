using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Storage.Replays;

/// <summary>What came of a word to a replay.</summary>
/// <param name="Job">As it stands now; null when there is no such replay.</param>
/// <param name="Changed">False when the word fits its state no more, or changes nothing.</param>
public sealed record ReplayTransition(ReplayJob? Job, bool Changed);

/// <summary>A replay that this instance runs, for as long as its lease holds.</summary>
/// <param name="Job">As it was taken.</param>
/// <param name="Held">What the requester has already.</param>
/// <param name="Term">Grows with each taking: who has an older one may not move it any more.</param>
public sealed record TakenReplay(ReplayJob Job, HeldEvents? Held, long Term);

/// <summary>Keeps replays: asked for by any door, run by any instance, one at a time each.</summary>
/// <remarks>Every method throws <see cref="StorageException"/> when the database does not do its part.</remarks>
public interface IReplayStore
{
    /// <summary>Keeps a replay, waiting, and wakes the instances. The same request id again returns what is there.</summary>
    /// <param name="through">The last sequence there is: what takes a later one is not of it.</param>
    /// <param name="total">How many events it means.</param>
    Task<ReplayJob> AddAsync(ReplayRequest request, long through, long total, CancellationToken cancellationToken);

    /// <summary>Reads one; null when there is none.</summary>
    Task<ReplayJob?> ReadAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Reads the one that was asked for under the requester's own id; null when there is none.</summary>
    Task<ReplayJob?> ReadRequestedAsync(Guid requestId, CancellationToken cancellationToken);

    /// <summary>Lists them, the latest first.</summary>
    /// <param name="states">Empty for all.</param>
    /// <param name="before">Those asked for before this one; null to begin.</param>
    /// <param name="limit">At most so many, 1 … 1,000.</param>
    Task<IReadOnlyList<ReplayJob>> ListAsync(
        IReadOnlyCollection<ReplayState> states,
        Guid? before,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>Reads what was done with one, the earliest first; empty when there is none.</summary>
    Task<IReadOnlyList<ReplayAuditEntry>> ReadAuditAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Pauses a waiting or running one. Messages under way may still arrive, until nobody holds it any more.</summary>
    Task<ReplayTransition> PauseAsync(Guid id, string by, CancellationToken cancellationToken);

    /// <summary>Lets a paused or failed one go on where it stood.</summary>
    Task<ReplayTransition> ResumeAsync(Guid id, string by, CancellationToken cancellationToken);

    /// <summary>Ends one that is not over, for good.</summary>
    Task<ReplayTransition> CancelAsync(Guid id, string by, CancellationToken cancellationToken);

    /// <summary>Takes the oldest that waits and is not put off, or that an instance has left behind; null when there is none.</summary>
    /// <param name="instance">The name of this instance.</param>
    /// <param name="period">For how long it is taken, unless it is kept.</param>
    Task<TakenReplay?> TakeAsync(string instance, TimeSpan period, CancellationToken cancellationToken);

    /// <summary>
    /// Notes how far it has come, and keeps it for another period. Returns false when it is not this instance's any more, or
    /// an operator has paused or cancelled it: then nothing more may be sent.
    /// </summary>
    /// <param name="progress">Null to keep it only.</param>
    Task<bool> KeepAsync(
        TakenReplay taken,
        ReplayProgress? progress,
        TimeSpan period,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Ends it as finished or failed, or gives it back waiting for another instance; false when it is not ours to end any more.
    /// </summary>
    /// <param name="state">Finished, Failed or Waiting.</param>
    /// <param name="reason">Why, when it failed.</param>
    Task<bool> EndAsync(
        TakenReplay taken,
        ReplayProgress progress,
        ReplayState state,
        string? reason,
        CancellationToken cancellationToken
    );

    /// <summary>Gives it back waiting, and nobody takes it for a while; false when it is not ours any more.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="period">For how long.</param>
    Task<bool> PutOffAsync(
        TakenReplay taken,
        ReplayProgress progress,
        string? reason,
        TimeSpan period,
        CancellationToken cancellationToken
    );

    /// <summary>Those that are over, or failed, and whose requester has not been told: at most some.</summary>
    /// <summary>
    /// Notes how far it has come and holds it no more; it goes on as an operator has said, or waits for another instance. To
    /// be called when nothing more is sent: whoever has it next, and who is told of its end, waits for that.
    /// </summary>
    Task LeaveAsync(TakenReplay taken, ReplayProgress progress, CancellationToken cancellationToken);

    /// <summary>Those that are over, or failed, that nobody sends any more and whose requester has not been told: at most some.</summary>
    Task<IReadOnlyList<ReplayJob>> ReadUntoldAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Its requester has been told of the end that it had when it was read; it may have come to another since.</summary>
    Task NoteToldAsync(ReplayJob told, CancellationToken cancellationToken);

    /// <summary>Removes those that are over for longer, with what was done with them; returns how many.</summary>
    /// <param name="limit">At most so many, the oldest first.</param>
    Task<int> TrimAsync(TimeSpan retention, int limit, CancellationToken cancellationToken);
}

/// <summary>How far a replay has come.</summary>
/// <param name="Position">Everything of it up to this sequence is confirmed, or unreadable.</param>
/// <param name="Sent">How many were confirmed since it was first taken up; those sent again after a crash count once.</param>
/// <param name="Unreadable">How many were passed over.</param>
/// <param name="Reason">What it waits for; null when it gets on.</param>
public sealed record ReplayProgress(long Position, long Sent, long Unreadable, string? Reason = null);
