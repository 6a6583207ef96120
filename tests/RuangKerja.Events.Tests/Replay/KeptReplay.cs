using RuangKerja.Events.Storage.Replays;
using RuangKerja.Events.Tests.Storage;

namespace RuangKerja.Events.Tests.Replay;

/// <summary>A store in which one replay is taken already, of which only what its run needs can be asked.</summary>
internal sealed class KeptReplay : UnaskedReplays
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

    public override Task<bool> KeepAsync(
        TakenReplay taken,
        ReplayProgress? progress,
        TimeSpan period,
        CancellationToken cancellationToken
    )
    {
        Interlocked.Increment(ref _kept);
        return Trouble is null ? Task.FromResult(true) : Task.FromException<bool>(Trouble);
    }

    public override Task<bool> EndAsync(
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

    public override Task LeaveAsync(TakenReplay taken, ReplayProgress progress, CancellationToken cancellationToken) =>
        Task.CompletedTask;
}
