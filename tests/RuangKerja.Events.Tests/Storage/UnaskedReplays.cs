using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Tests.Storage;

/// <summary>Stored replays of which nothing can be asked: a stand-in answers what its tests ask, and no more.</summary>
internal abstract class UnaskedReplays : IReplayStore
{
    public virtual Task<ReplayJob> AddAsync(
        ReplayRequest request,
        long through,
        long total,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public virtual Task<ReplayJob?> ReadAsync(Guid id, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task<ReplayJob?> ReadRequestedAsync(Guid requestId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task<IReadOnlyList<ReplayJob>> ListAsync(
        IReadOnlyCollection<ReplayState> states,
        Guid? before,
        int limit,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public virtual Task<IReadOnlyList<ReplayAuditEntry>> ReadAuditAsync(Guid id, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task<ReplayTransition> PauseAsync(Guid id, string by, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task<ReplayTransition> ResumeAsync(Guid id, string by, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task<ReplayTransition> CancelAsync(Guid id, string by, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task<TakenReplay?> TakeAsync(
        string instance,
        TimeSpan period,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public virtual Task<bool> KeepAsync(
        TakenReplay taken,
        ReplayProgress? progress,
        TimeSpan period,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public virtual Task<bool> EndAsync(
        TakenReplay taken,
        ReplayProgress progress,
        ReplayState state,
        string? reason,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public virtual Task<bool> PutOffAsync(
        TakenReplay taken,
        ReplayProgress progress,
        string? reason,
        TimeSpan period,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public virtual Task LeaveAsync(TakenReplay taken, ReplayProgress progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task<IReadOnlyList<ReplayJob>> ReadUntoldAsync(int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task NoteToldAsync(ReplayJob told, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task<int> TrimAsync(TimeSpan retention, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
