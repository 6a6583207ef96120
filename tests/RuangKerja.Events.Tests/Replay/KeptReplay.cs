using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Tests.Replay;

/// <summary>A store in which one replay is taken already, of which only what its run needs can be asked.</summary>
internal sealed class KeptReplay : IReplayStore
{
    public static readonly ReplayJob Job = new()
    {
        Id = Guid.NewGuid(),
        State = ReplayState.Running,
        Filter = new(),
        Destination = "reports",
        RequestedBy = "tests",
        Door = ReplayDoor.Http,
        RequestedAt = default,
        UpdatedAt = default,
        Through = 100,
        Total = 5,
    };

    public static readonly TakenReplay Taken = new(Job, Held: null, Term: 1);

    private int _kept;

    /// <summary>How often it was kept.</summary>
    public int Kept => Volatile.Read(ref _kept);

    /// <summary>What keeping throws; null for none.</summary>
    public Exception? Trouble { get; init; }

    public ReplayState? Ended { get; private set; }

    public string? Reason { get; private set; }

    public Task<bool> KeepAsync(
        TakenReplay taken,
        ReplayProgress? progress,
        TimeSpan period,
        CancellationToken cancellationToken
    )
    {
        Interlocked.Increment(ref _kept);
        return Trouble is null ? Task.FromResult(true) : Task.FromException<bool>(Trouble);
    }

    public Task<bool> EndAsync(
        TakenReplay taken,
        ReplayProgress progress,
        ReplayState state,
        string? reason,
        CancellationToken cancellationToken
    )
    {
        (Ended, Reason) = (state, reason);
        return Task.FromResult(true);
    }

    public Task<bool> PutOffAsync(
        TakenReplay taken,
        ReplayProgress progress,
        string? reason,
        TimeSpan period,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task LeaveAsync(TakenReplay taken, ReplayProgress progress, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task<ReplayJob> AddAsync(
        ReplayRequest request,
        long through,
        long total,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<ReplayJob?> ReadAsync(Guid id, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<ReplayJob>> ListAsync(
        IReadOnlyCollection<ReplayState> states,
        Guid? before,
        int limit,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<IReadOnlyList<ReplayAuditEntry>> ReadAuditAsync(Guid id, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ReplayTransition> PauseAsync(Guid id, string by, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ReplayTransition> ResumeAsync(Guid id, string by, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ReplayTransition> CancelAsync(Guid id, string by, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<TakenReplay?> TakeAsync(string instance, TimeSpan period, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<ReplayJob>> ReadUntoldAsync(int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ReplayJob?> ReadRequestedAsync(Guid requestId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task NoteToldAsync(ReplayJob told, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<int> TrimAsync(TimeSpan retention, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
