using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Polling.Rosters;

/// <summary>What reading a course's roster came to.</summary>
/// <param name="Course">Null when it was done with already.</param>
/// <param name="End">Null when it comes due again, or another has gone on with it.</param>
/// <param name="Failure">Why it could not be read; null when it could.</param>
public sealed record RosterSweepResult(CatalogueCourse? Course, CourseSweepEnd? End, RuangKerjaApiException? Failure)
{
    /// <summary>Rows the API returned.</summary>
    public int Rows { get; init; }

    /// <summary>Rows that went to quarantine.</summary>
    public int Rejected { get; init; }

    /// <summary>Rows that said something else of an employee than an earlier page, and were left out.</summary>
    public int LeftOut { get; init; }

    /// <summary>What was stored.</summary>
    public ChunkResult Stored { get; init; }
}

/// <summary>
/// Reads one course's roster as a part of a sweep: page by page, each page judged, detected on and stored in a transaction
/// of its own with the sweep's progress. A list that moves while it is read is read again.
/// </summary>
public sealed class RosterSweep(
    Company company,
    IRuangKerjaApi api,
    CompanyCatalogue catalogue,
    IEventStore store,
    ISweepStore sweeps,
    ChunkWriter writer,
    TimeZoneInfo timeZone,
    TimeProvider time
)
{
    private readonly Lock _gate = new();
    private readonly Random _jitter = new();
    private (Guid SweepId, Surge Surge)? _surge;

    /// <summary>
    /// Reads the course, unless it is done with. Trouble with the API is a result: the course comes due again. So it does
    /// whatever is thrown; a fault that stays is given up like trouble that stays.
    /// </summary>
    /// <exception cref="StorageException">The database did not do its part.</exception>
    public async Task<RosterSweepResult> RunAsync(
        Guid sweepId,
        string courseSerial,
        CancellationToken cancellationToken
    )
    {
        if (await sweeps.ReadPendingAsync(company, sweepId, courseSerial, cancellationToken) is not { } pending)
            return new RosterSweepResult(Course: null, End: null, Failure: null);

        var scan = new Scan(sweepId, pending.Course);
        try
        {
            var end = await ReadAsync(scan, cancellationToken);
            if (end is not null)
                await EndAsync(scan, end, cancellationToken);
            return scan.Result(end, failure: null);
        }
        catch (RuangKerjaApiException failure)
        {
            var sweep = await sweeps.ReadAsync(company, cancellationToken);
            var end = SweepSchedule.AfterFailure(failure, pending.Failures, scan.Scans, othersFare: sweep?.Swept > 0);
            if (end is not null)
                await EndAsync(scan, end, cancellationToken);
            else
                await PostponeAsync(scan, pending.Failures + 1, failure, failure.RetryAfter, cancellationToken);
            return scan.Result(end, failure);
        }
        catch (OperationCanceledException)
        {
            await TakeBackAsync(scan);
            throw;
        }
        // A database that is away says nothing of the course. All else would come again for ever, and the sweep never end.
        catch (Exception fault) when (fault is not StorageException { Kind: not StorageFailureKind.Refused })
        {
            if (SweepSchedule.AfterFault(fault, pending.Failures, scan.Scans) is { } end)
                await EndAsync(scan, end, cancellationToken);
            else
                await PostponeAsync(scan, pending.Failures + 1, fault, retryAfter: null, cancellationToken);
            throw;
        }
    }

    /// <summary>Null when another has gone on with the course meanwhile.</summary>
    private async Task<CourseSweepEnd?> ReadAsync(Scan scan, CancellationToken cancellationToken)
    {
        while (true)
        {
            scan.Scans++;
            var run = new PageRun();
            var statuses = new RosterStatuses();
            while (!run.AtEnd)
            {
                var page = await ReadPageAsync(scan, run, cancellationToken);
                var agreeing = statuses.Agreeing(page.Rows);
                scan.LeftOut += page.Rows.Count - agreeing.Count;
                page.Rows = agreeing;
                var stored = await StoreAsync(scan, page, cancellationToken);
                if (!stored.Written)
                    return null;
                scan.Stored = scan.Stored.And(stored);
            }

            if (!run.Drifted || scan.Scans > PageRun.MostRescans)
                return new CourseSweepEnd(CourseSweepState.Swept, scan.Scans, run.Drifted, Reason: null);
        }
    }

    private async Task<ReadPage> ReadPageAsync(Scan scan, PageRun run, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        var page = await api.ReadRosterPageAsync(scan.Course.Serial, run.Page, cancellationToken);
        run.Take([.. page.Rows.Select(row => row.EmployeeId)], page.Numbers);
        // The list is as old as the question, not as the answer.
        var (took, received) = (time.GetElapsedTime(asked), time.GetUtcNow());
        return new ReadPage
        {
            Rows = page.Rows,
            SeenAt = (page.AnsweredAt ?? received) - took,
            Ahead = ApiClock.Ahead(received - took, page.AnsweredAt, received),
        };
    }

    private async Task<ChunkResult> StoreAsync(Scan scan, ReadPage read, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var courses = await catalogue.CurrentAsync(cancellationToken);
        var judged = JudgedRows.Judge(read.Rows, scan.Course, timeZone, new RowContext(read.SeenAt, now, courses));
        scan.Rows += read.Rows.Count;
        scan.Rejected += judged.Rejected.Count;

        var progress = await store.ReadProgressAsync(company, cancellationToken);
        var move = new SweepMove(scan.SweepId, scan.Course.Serial, read.Rows.Count, now + SweepSchedule.LostAfter);
        return await writer.WriteAsync(
            judged,
            move,
            (progress?.Baseline(rosters: true) ?? new BaselineRule(now, Undated: true)).ByApiClock(read.Ahead),
            SurgeOf(scan.SweepId),
            resolved: [],
            cancellationToken
        );
    }

    /// <summary>One for the whole sweep, as far as this instance has a part in it.</summary>
    private Surge SurgeOf(Guid sweepId)
    {
        lock (_gate)
        {
            if (_surge?.SweepId != sweepId)
                _surge = (sweepId, writer.NewSurge());
            return _surge.Value.Surge;
        }
    }

    private Task EndAsync(Scan scan, CourseSweepEnd end, CancellationToken cancellationToken) =>
        sweeps.EndCourseAsync(company, scan.SweepId, scan.Course.Serial, end, time.GetUtcNow(), cancellationToken);

    private Task PostponeAsync(
        Scan scan,
        int failures,
        Exception failure,
        TimeSpan? retryAfter,
        CancellationToken cancellationToken
    )
    {
        double jitter;
        lock (_gate)
            jitter = _jitter.NextDouble();
        return sweeps.PostponeAsync(
            company,
            scan.SweepId,
            scan.Course.Serial,
            time.GetUtcNow() + SweepSchedule.Pause(failures, retryAfter, jitter),
            failure.Message,
            cancellationToken
        );
    }

    /// <summary>The program is being stopped: the next one, or another, goes on at once.</summary>
    private async Task TakeBackAsync(Scan scan)
    {
        using var bounded = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
        try
        {
            var now = time.GetUtcNow();
            await sweeps.TakeBackAsync(company, scan.SweepId, scan.Course.Serial, now, bounded.Token);
        }
        catch (Exception error) when (error is StorageException or OperationCanceledException)
        {
            // It comes due again by itself, a little later.
        }
    }

    private sealed class ReadPage
    {
        public required IReadOnlyList<RosterRow> Rows { get; set; }
        public required DateTimeOffset SeenAt { get; init; }
        public required TimeSpan Ahead { get; init; }
    }

    private sealed class Scan(Guid sweepId, CatalogueCourse course)
    {
        public Guid SweepId => sweepId;
        public CatalogueCourse Course => course;
        public int Scans { get; set; }
        public int Rows { get; set; }
        public int Rejected { get; set; }
        public int LeftOut { get; set; }
        public ChunkResult Stored { get; set; } = new(Written: true, 0, 0, 0);

        public RosterSweepResult Result(CourseSweepEnd? end, RuangKerjaApiException? failure) =>
            new(course, end, failure)
            {
                Rows = Rows,
                Rejected = Rejected,
                LeftOut = LeftOut,
                Stored = Stored,
            };
    }
}
