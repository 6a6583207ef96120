using RuangKerja.Events.Replay;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;
using RuangKerja.Events.Tests.Storage;

namespace RuangKerja.Events.Tests.Http;

/// <summary>A desk and a store of replays in memory: nothing is sent.</summary>
internal sealed class MemoryReplays : UnaskedReplays, IReplayDesk
{
    private readonly List<ReplayJob> _jobs = [];
    private readonly List<(Guid Id, ReplayAuditEntry Entry)> _audit = [];

    /// <summary>What the desk finds wrong; none at first.</summary>
    public List<ReplayFault> Faults { get; } = [];

    /// <summary>The queues of those whose requester has been told of the end.</summary>
    public List<string> Told { get; } = [];

    /// <summary>What every method throws; null for none.</summary>
    public Exception? Trouble { get; set; }

    public ReplayRequest? LastRequest { get; private set; }

    public async Task<ReplayAnswer> AskAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        LastRequest = request;
        if (Trouble is { } trouble)
            throw trouble;
        if (request.RequestId is { } id && _jobs.Find(job => job.RequestId == id) is { } known)
            return new ReplayAnswer.Accepted(known, IsNew: false);
        return Faults.Count > 0
            ? new ReplayAnswer.Rejected(Faults)
            : new ReplayAnswer.Accepted(await AddAsync(request, through: 90, total: 7, cancellationToken));
    }

    public Task<ReplayEstimate> EstimateAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        LastRequest = request;
        var mark = new EventMark(5, At(1));
        return Task.FromResult(
            new ReplayEstimate(new EventSummary(7, mark, mark, 700), 90, 7_000, TimeSpan.FromSeconds(1.5), Faults)
        );
    }

    public override Task<ReplayJob> AddAsync(
        ReplayRequest request,
        long through,
        long total,
        CancellationToken cancellationToken
    )
    {
        var job = new ReplayJob
        {
            Id = Guid.NewGuid(),
            State = ReplayState.Waiting,
            Filter = request.Filter with { Held = null },
            MissingOnly = request.Filter.Held is not null,
            Destination = request.Destination,
            Rate = request.Rate,
            RequestedBy = request.RequestedBy,
            Door = request.Door,
            RequestId = request.RequestId,
            ReplyTo = request.ReplyTo,
            RequestedAt = At(_jobs.Count),
            UpdatedAt = At(_jobs.Count),
            Through = through,
            Total = total,
        };
        _jobs.Add(job);
        Note(job.Id, "requested", request.RequestedBy);
        return Task.FromResult(job);
    }

    public override Task<ReplayJob?> ReadAsync(Guid id, CancellationToken cancellationToken) =>
        Task.FromResult(_jobs.Find(job => job.Id == id));

    public override Task<ReplayJob?> ReadRequestedAsync(Guid requestId, CancellationToken cancellationToken) =>
        Task.FromResult(_jobs.Find(job => job.RequestId == requestId));

    public override Task<IReadOnlyList<ReplayJob>> ListAsync(
        IReadOnlyCollection<ReplayState> states,
        Guid? before,
        int limit,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IReadOnlyList<ReplayJob>>([
            .. _jobs
                .AsEnumerable()
                .Reverse()
                .SkipWhile(job => before is not null && job.Id != before)
                .Skip(before is null ? 0 : 1)
                .Where(job => states.Count == 0 || states.Contains(job.State))
                .Take(limit),
        ]);

    public override Task<IReadOnlyList<ReplayAuditEntry>> ReadAuditAsync(
        Guid id,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IReadOnlyList<ReplayAuditEntry>>([
            .. _audit.Where(pair => pair.Id == id).Select(pair => pair.Entry),
        ]);

    public override Task<ReplayTransition> PauseAsync(Guid id, string by, CancellationToken cancellationToken) =>
        Move(id, by, ReplayState.Paused, job => job.State is ReplayState.Waiting or ReplayState.Running);

    public override Task<ReplayTransition> ResumeAsync(Guid id, string by, CancellationToken cancellationToken) =>
        Move(id, by, ReplayState.Waiting, job => job.State is ReplayState.Paused or ReplayState.Failed);

    public override Task<ReplayTransition> CancelAsync(Guid id, string by, CancellationToken cancellationToken) =>
        Move(id, by, ReplayState.Cancelled, job => !job.IsOver);

    public override Task<IReadOnlyList<ReplayJob>> ReadUntoldAsync(int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ReplayJob>>([
            .. _jobs
                .Where(job => job is { ReplyTo: not null, IsOver: true } && !Told.Contains(job.Destination))
                .Take(limit),
        ]);

    public override Task NoteToldAsync(ReplayJob told, CancellationToken cancellationToken)
    {
        Told.Add(told.Destination);
        return Task.CompletedTask;
    }

    public override Task<int> TrimAsync(TimeSpan retention, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(0);

    private Task<ReplayTransition> Move(Guid id, string by, ReplayState to, Func<ReplayJob, bool> fits)
    {
        var place = _jobs.FindIndex(job => job.Id == id);
        if (place < 0 || !fits(_jobs[place]))
            return Task.FromResult(new ReplayTransition(place < 0 ? null : _jobs[place], Changed: false));

        _jobs[place] = _jobs[place] with { State = to };
        Note(id, $"{to}", by);
        return Task.FromResult(new ReplayTransition(_jobs[place], Changed: true));
    }

    private void Note(Guid id, string action, string by) =>
        _audit.Add((id, new ReplayAuditEntry(At(_audit.Count), action, by, Detail: null)));

    private static DateTimeOffset At(int minute) =>
        new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minute);
}
