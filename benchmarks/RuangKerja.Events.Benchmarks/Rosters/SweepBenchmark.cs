using RuangKerja.Events.Benchmarks.Figures;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Polling;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Benchmarks.Rosters;

/// <summary>
/// A whole sweep of 200 courses with ten pages each, as one instance does it, the courses handed out at once instead of
/// over the broker. Client, simulator and PostgreSQL share the machine.
/// </summary>
internal sealed class SweepBenchmark : IBenchmark
{
    private const int Sweeps = 5;
    private static readonly int Parallelism = new RosterOptions().Parallelism;
    private static readonly Population People = new(Employees: 1_000, Courses: 200, AssignmentsPerEmployee: 200, 720);

    public string Name => "sweep";

    public string About =>
        "Sweeping 200 courses of 10 pages into PostgreSQL, 4 at a time, without a limit of requests.";

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await using var simulator = await SimulatorProcess.StartAsync(People, cancellationToken);
        await using var server = await BenchmarkDatabase.StartAsync(cancellationToken);
        await using var pipeline = new Pipeline(
            await server.CreateAsync("sweep", cancellationToken),
            simulator.BaseAddress
        );
        using var company = pipeline.Poll(Company.Default);
        await pipeline.Store.StartProgressAsync(
            Company.Default,
            TimeProvider.System.GetUtcNow(),
            TimeProvider.System.GetUtcNow(),
            cancellationToken
        );

        var first = await SweepAsync(pipeline, company, events: People.Assignments, cancellationToken);
        var unchanged = new List<Pass>();
        for (var i = 0; i < Sweeps; i++)
            unchanged.Add(await SweepAsync(pipeline, company, events: 0, cancellationToken));
        return
        [
            new("sweep, all new", "s", [first.Elapsed.TotalSeconds]),
            new("sweep, all new", "rows/s", [People.Assignments / first.Elapsed.TotalSeconds]),
            new("sweep, nothing changed", "s", [.. unchanged.Select(p => p.Elapsed.TotalSeconds)]),
            new(
                "sweep, nothing changed",
                "rows/s",
                [.. unchanged.Select(p => People.Assignments / p.Elapsed.TotalSeconds)]
            ),
            new("client's CPU per page, nothing changed", "ms", [.. unchanged.Select(p => p.CpuPerPage)]),
        ];
    }

    private static async Task<Pass> SweepAsync(
        Pipeline pipeline,
        PolledCompany company,
        int events,
        CancellationToken cancellationToken
    )
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var started = TimeProvider.System.GetTimestamp();
        var sweepId = Guid.NewGuid();
        var stored = await SweepAsync(pipeline, company, sweepId, cancellationToken);
        var elapsed = TimeProvider.System.GetElapsedTime(started);
        var used = Environment.CpuUsage.TotalTime - cpu;

        var sweep = (await pipeline.Sweeps.ReadAsync(company.Company, cancellationToken))!;
        if (sweep.Rows != People.Assignments || sweep.FinishedAt is null || stored != events)
            throw new InvalidOperationException($"The sweep came to {stored} events, and to {sweep}.");
        var pages = (double)People.Assignments / Api.IRuangKerjaApi.PageSize;
        return new Pass(elapsed, used.TotalMilliseconds / pages);
    }

    private static async Task<int> SweepAsync(
        Pipeline pipeline,
        PolledCompany company,
        Guid sweepId,
        CancellationToken cancellationToken
    )
    {
        var now = TimeProvider.System.GetUtcNow();
        var catalogue = await company.Catalogue.RenewAsync(cancellationToken);
        var previous = await pipeline.Sweeps.ReadAsync(company.Company, cancellationToken);
        await pipeline.Sweeps.BeginAsync(
            company.Company,
            previous?.Id,
            sweepId,
            catalogue.Courses,
            now,
            cancellationToken
        );
        var courses = await pipeline.Sweeps.TakeDueAsync(
            company.Company,
            sweepId,
            now,
            now.AddHours(1),
            People.Courses,
            cancellationToken
        );

        var events = 0;
        await Parallel.ForEachAsync(
            courses,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (course, cancellation) =>
            {
                var result = await company.Rosters.RunAsync(sweepId, course.Serial, cancellation);
                if (result.End?.State != CourseSweepState.Swept)
                    throw new InvalidOperationException("A course was not swept.", result.Failure);
                Interlocked.Add(ref events, result.Stored.Events);
            }
        );
        return events;
    }

    /// <param name="CpuPerPage">In milliseconds.</param>
    private sealed record Pass(TimeSpan Elapsed, double CpuPerPage);
}
