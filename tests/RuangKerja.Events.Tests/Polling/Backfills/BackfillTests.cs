using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Polling;
using RuangKerja.Events.Polling.Backfills;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Events.Storage;
using RuangKerja.Simulator;

namespace RuangKerja.Events.Tests.Polling.Backfills;

public sealed class BackfillTests : IBackfillWatcher
{
    private static readonly DateTimeOffset From = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = From.AddDays(10);
    private static readonly BackfillRange Range = BackfillPlan.Range(From, To);
    private static readonly DateTimeOffset StartedAt = From.AddDays(8.5);

    private readonly Clock _clock = new();
    private readonly PastApi _api = new();
    private readonly PositionStore _store = new(StartedAt);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<(string Reason, TimeSpan Wait)> _waits = [];
    private BackfillProgress? _told;

    [Theory]
    [InlineData(WindowEnds.Inclusive)]
    [InlineData(WindowEnds.Exclusive)]
    [InlineData(WindowEnds.StartOnly)]
    [InlineData(WindowEnds.EndOnly)]
    public async Task RowsAtTheEndsAndOnSeams_AreSeenWhateverTheApiTakesTheEndsFor(WindowEnds ends)
    {
        _api.Ends = ends;
        DateTimeOffset[] instants = [From, From.AddDays(1), From.AddDays(1).AddSeconds(-1), To.AddDays(-1), To];
        foreach (var instant in instants)
            _api.Add(instant);

        var result = await RunAsync();

        result.End.ShouldBe(BackfillEnd.Done);
        _store.Events.Select(e => e.OccurredAt).Distinct().ShouldBe(instants, ignoreOrder: true);
    }

    [Fact]
    public async Task WhatHappenedBeforeTheFirstStart_IsBaselineAndTheRestIsNews()
    {
        _api.Add(StartedAt.AddSeconds(-1));
        _api.Add(StartedAt.AddSeconds(1));

        var result = await RunAsync();

        _store.Events.Select(e => (e.OccurredAt < StartedAt, e.Baseline)).ShouldBe([(true, true), (false, false)]);
        (result.Progress.Events, result.Progress.Queued, result.Progress.Rows).ShouldBe((2, 1, 2));
    }

    /// <summary>What happened after the first start is dated before it by a clock that is behind.</summary>
    [Fact]
    public async Task WhatAClockThatIsBehindDatesBeforeTheFirstStart_IsNews()
    {
        _api.AnsweredAt = () => _clock.GetUtcNow().AddMinutes(-30);
        _api.Add(StartedAt.AddMinutes(-20));
        _api.Add(StartedAt.AddMinutes(-40));

        var result = await RunAsync();

        (result.Progress.Events, result.Progress.Queued).ShouldBe((2, 1));
    }

    [Fact]
    public async Task ChangeThatAClockThatIsAheadDatesLater_IsDetectedAtOnceAndNotBefore()
    {
        var writer = new ChunkWriter(Company.Default, _store, new DetectionOptions(), surgeLimit: null, _clock);
        var row = new FeedObservation(
            "ASGC-1",
            "ID-1",
            Catalogue.Empty.Named("Keselamatan Kerja"),
            CourseStatus.InProgress,
            _clock.GetUtcNow().AddMinutes(10),
            CompletedAt: null,
            SeenAt: _clock.GetUtcNow()
        );
        await _store.StartAsync(Company.Default, Range, restart: false, CancellationToken.None);

        var written = await writer.WriteAsync(
            new JudgedRows([row], Rejected: []),
            new BackfillMove(Range, From, From),
            baseline: default,
            writer.NewSurge(),
            resolved: [],
            CancellationToken.None
        );

        written.Lags.ShouldBe([TimeSpan.Zero]);
    }

    [Fact]
    public async Task StoppedRun_GoesOnWhereItStood()
    {
        _api.BeforeAnswer = number =>
        {
            if (number == 4)
                _stop.Cancel();
        };

        var stopped = await RunAsync();
        var goneOn = await RunAsync(CancellationToken.None);

        stopped.End.ShouldBe(BackfillEnd.Interrupted);
        stopped.Progress.Position.ShouldBe(From.AddDays(3));
        goneOn.End.ShouldBe(BackfillEnd.Done);
        _api.Asked[4].From.ShouldBe(From.AddDays(3).AddSeconds(-1));
        _api.Asked.Count.ShouldBe(12);
    }

    [Fact]
    public async Task SpanThatIsDone_IsReadAgainOnlyWhenAskedFor()
    {
        await RunAsync();
        var asked = _api.Asked.Count;

        var again = await RunAsync();

        again.End.ShouldBe(BackfillEnd.AlreadyDone);
        _api.Asked.Count.ShouldBe(asked);

        var restarted = await RunAsync(restart: true);

        restarted.End.ShouldBe(BackfillEnd.Done);
        _api.Asked.Count.ShouldBe(2 * asked);
    }

    [Fact]
    public async Task PieceWithTooManyBadRows_StopsTheRunBeforeIt()
    {
        _api.Add(From.AddDays(2.5), count: 40);
        _api.Add(From.AddDays(2.5), "asleep", count: 20);

        var held = await RunAsync();

        held.End.ShouldBe(BackfillEnd.Held);
        (held.HeldPiece!.Rows, held.HeldPiece.Rejected).ShouldBe((60, 20));
        held.Progress.Position.ShouldBe(From.AddDays(2));
        _store.Position.ShouldBe(From.AddDays(2));
        _store.Commits[^1].Rejected.Count.ShouldBe(20);

        var passed = await RunAsync(quarantineLimit: 1);

        passed.End.ShouldBe(BackfillEnd.Done);
        passed.Progress.Rejected.ShouldBe(20);
    }

    [Fact]
    public async Task ApiThatIsAway_IsWaitedForAsLongAsItAsks()
    {
        var asked = TimeSpan.FromMinutes(7);
        _api.BeforeAnswer = number =>
        {
            if (number is 3 or 4)
                throw Failure(ApiFailureKind.Throttled, asked);
        };

        var running = RunAsync();
        for (var wait = 1; wait <= 2; wait++)
        {
            _waits.Count.ShouldBe(wait);
            running.IsCompleted.ShouldBeFalse();
            _clock.Advance(asked);
        }

        (await running).End.ShouldBe(BackfillEnd.Done);
        _waits.ShouldAllBe(w => w.Wait == asked && w.Reason.Contains("resting"));
        _api.Asked.Select(w => w.To).Distinct().Count().ShouldBe(11);
    }

    [Theory]
    [InlineData(ApiFailureKind.Configuration)]
    [InlineData(ApiFailureKind.Contract)]
    public async Task FailureThatNeedsAPerson_EndsTheRunWhereItStands(ApiFailureKind kind)
    {
        _api.BeforeAnswer = number =>
        {
            if (number == 3)
                throw Failure(kind, retryAfter: null);
        };

        var result = await RunAsync();

        result.End.ShouldBe(BackfillEnd.Failed);
        result.Failure.ShouldBeOfType<RuangKerjaApiException>().Kind.ShouldBe(kind);
        result.Progress.Position.ShouldBe(From.AddDays(2));
        _waits.ShouldBeEmpty();
    }

    [Fact]
    public async Task CommitThatHappenedThoughNobodySaidSo_IsNotRepeated()
    {
        _api.Add(From.AddDays(1.5));
        _store.AfterCommit = number =>
        {
            if (number == 2)
                throw Away(StorageFailureKind.OutcomeUnknown);
        };

        var running = RunAsync();
        _clock.Advance(TimeSpan.FromMinutes(2));

        (await running).End.ShouldBe(BackfillEnd.Done);
        _store.Events.Count.ShouldBe(1);
        _api.Asked.Select(w => w.To).ShouldBeUnique();
    }

    [Fact]
    public async Task LargePiece_MovesThePositionWithItsLastChunk()
    {
        _api.Add(From.AddDays(0.5), count: FeedChunks.Rows + 1);
        _store.BeforeCommit = number =>
        {
            if (number == 2)
                throw Away(StorageFailureKind.Schema);
        };

        var broken = await RunAsync();

        broken.End.ShouldBe(BackfillEnd.Failed);
        _store.Commits.Count.ShouldBe(1);
        _store.Position.ShouldBe(From);

        _store.BeforeCommit = _ => { };
        (await RunAsync()).End.ShouldBe(BackfillEnd.Done);
        _store.Position.ShouldBe(Range.To);
    }

    [Fact]
    public async Task PositionMovedByAnotherProcess_IsWhereThisOneGoesOn()
    {
        _api.Add(From.AddDays(2.5));
        _api.BeforeAnswer = number =>
        {
            if (number == 3)
                _store.Move(From.AddDays(7));
        };

        var result = await RunAsync();

        result.End.ShouldBe(BackfillEnd.Done);
        _store.Events.ShouldBeEmpty();
        _api.Asked[3].From.ShouldBe(From.AddDays(7).AddSeconds(-1));
    }

    [Fact]
    public async Task Watcher_IsToldHowFarItIsAndHowLongTheRestTakes()
    {
        _api.Add(From.AddDays(0.5), count: 100);
        _api.BeforeAnswer = number => _clock.Advance(TimeSpan.FromSeconds(1));

        var result = await RunAsync();

        _told.ShouldBe(result.Progress);
        result.Progress.Share.ShouldBe(1);
        result.Progress.RowsPerSecond.ShouldBe(100 / 11.0, tolerance: 0.01);
        var half = result.Progress with
        {
            Position = From + ((Range.To - From) / 4),
            Elapsed = TimeSpan.FromMinutes(1),
        };
        half.Remaining.ShouldBe(TimeSpan.FromMinutes(3));
    }

    void IBackfillWatcher.Moved(BackfillProgress progress) => _told = progress;

    void IBackfillWatcher.Waits(BackfillProgress progress, string reason, TimeSpan wait) => _waits.Add((reason, wait));

    private Task<BackfillResult> RunAsync(
        CancellationToken? stop = null,
        bool restart = false,
        double quarantineLimit = 0.2
    )
    {
        var options = new FeedPollingOptions();
        var catalogue = new CompanyCatalogue(
            Company.Default,
            _api,
            _store,
            _clock,
            NullLogger<CompanyCatalogue>.Instance
        );
        var writer = new ChunkWriter(Company.Default, _store, new DetectionOptions(), surgeLimit: null, _clock);
        var backfill = new Backfill(
            Company.Default,
            new FeedReader(Company.Default, _api, options, _clock, NullLogger<FeedReader>.Instance),
            new FeedPieceWriter(catalogue, writer, quarantineLimit, _clock),
            _store,
            _store,
            options,
            _clock
        );
        return backfill.RunAsync(Range, restart, watcher: this, stop ?? _stop.Token);
    }

    private static RuangKerjaApiException Failure(ApiFailureKind kind, TimeSpan? retryAfter) =>
        new(kind, "reading the feed", "an API that is resting", "Wait.") { RetryAfter = retryAfter };

    private static StorageException Away(StorageFailureKind kind) =>
        new(kind, "Storing", "nobody is there.", "Wait.", inner: null);
}
