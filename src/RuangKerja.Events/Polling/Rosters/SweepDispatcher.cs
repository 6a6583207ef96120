using Microsoft.Extensions.Hosting;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Polling.Rosters;

/// <summary>
/// Begins the sweep of every company when it is due, and hands its courses out to all instances. Every instance runs one:
/// the database sees to it that a sweep begins once and a course is handed out once.
/// </summary>
public sealed class SweepDispatcher(
    PolledCompanies companies,
    IEventStore store,
    ISweepStore sweeps,
    ISweepQueue queue,
    DatabaseSchema schema,
    SweepReports reports,
    PollingBrake brakes,
    PollingOptions options,
    TimeProvider time
) : BackgroundService
{
    private static readonly TimeSpan WhileSweeping = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan WhileIdle = TimeSpan.FromSeconds(30);
    private static readonly Backoff Retry = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Rosters.Enabled
            ? Loops.RunAsync(companies.All.Select(company => RunAsync(company, stoppingToken)))
            : Task.CompletedTask;

    private async Task RunAsync(PolledCompany company, CancellationToken stopping)
    {
        var brake = brakes.Of(company.Company, WhileSweeping);
        var jitter = new Random();
        bool? bootstrapping = null;
        var failures = 0;
        var schemaChecked = false;
        while (!stopping.IsCancellationRequested)
        {
            TimeSpan wait;
            try
            {
                if (!schemaChecked)
                    await schema.EnsureCurrentAsync(stopping);
                schemaChecked = true;

                if (brake.Rest() is { } rest)
                {
                    reports.Slowed(company.Company, brake.Interval);
                    await Task.Delay(rest, time, stopping);
                    continue;
                }

                brake.Run();
                wait = await DispatchAsync(company, stopping);
                // Once over it stays over: there is nothing to look at any more.
                if (bootstrapping != false)
                    bootstrapping = await IsBootstrappingAsync(company.Company, bootstrapping == true, stopping);
                failures = 0;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            // Whatever it is, sweeping goes on: what was handed out comes due again.
            catch (Exception error)
            {
                // A database that was away may come back as another one.
                schemaChecked &= error is not StorageException;
                wait = Retry.Delay(++failures, jitter.NextDouble());
                if (error is RuangKerjaApiException { RetryAfter: { } asked } && asked > wait)
                    wait = asked;
                reports.DispatchFailed(company.Company, error, wait);
            }

            await Task.Delay(wait, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Tells when the past is read, in an instance that was there before.</summary>
    private async Task<bool> IsBootstrappingAsync(Company company, bool before, CancellationToken cancellationToken)
    {
        var progress = await store.ReadProgressAsync(company, cancellationToken);
        var still = progress?.IsBootstrapped(rosters: true) != true;
        if (before && !still)
            reports.Bootstrapped(company);
        return still;
    }

    /// <summary>One look. Returns how long to wait for the next one.</summary>
    private async Task<TimeSpan> DispatchAsync(PolledCompany polled, CancellationToken cancellationToken)
    {
        var company = polled.Company;
        var latest = await sweeps.ReadAsync(company, cancellationToken);
        var now = time.GetUtcNow();
        if (await DueAsync(company, latest, now, cancellationToken) is { } due)
        {
            if (due > now)
            {
                reports.Stands(company, latest, now);
                // The first one may become due earlier than it is now.
                var look = latest is null ? WhileSweeping : WhileIdle;
                return due - now < look ? due - now : look;
            }

            // How the one before it went says nothing of this one, should it not come about.
            latest = await BeginAsync(polled, latest, cancellationToken);
        }

        if (latest is { FinishedAt: null })
        {
            await HandOutAsync(company, latest.Id, cancellationToken);
            // In case whoever was done with the last course did not live to say so.
            await sweeps.EndAsync(company, latest.Id, time.GetUtcNow(), cancellationToken);
            reports.Stands(company, latest, time.GetUtcNow());
        }

        return WhileSweeping;
    }

    /// <summary>Null while a sweep is under way.</summary>
    private async Task<DateTimeOffset?> DueAsync(
        Company company,
        Sweep? latest,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (latest is not null)
            return SweepSchedule.Next(latest, options.Rosters);

        var progress = await store.ReadOrStartProgressAsync(company, options.Feed, now, cancellationToken);
        return SweepSchedule.First(progress);
    }

    private async Task<Sweep?> BeginAsync(PolledCompany polled, Sweep? latest, CancellationToken cancellationToken)
    {
        var company = polled.Company;
        var now = time.GetUtcNow();
        var catalogue = await polled.Catalogue.RenewAsync(cancellationToken, () => reports.GetsOn(company));
        var id = Guid.CreateVersion7(now);
        if (await sweeps.BeginAsync(company, latest?.Id, id, catalogue.Courses, now, cancellationToken))
            reports.Begun(company, catalogue.Courses.Count);
        return await sweeps.ReadAsync(company, cancellationToken);
    }

    private async Task HandOutAsync(Company company, Guid sweepId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var courses = await sweeps.TakeDueAsync(
            company,
            sweepId,
            now,
            now + SweepSchedule.LostAfter,
            SweepSchedule.Outstanding,
            cancellationToken
        );
        for (var sent = 0; sent < courses.Count; sent++)
        {
            try
            {
                await queue.SendAsync(
                    new SweepRoster
                    {
                        Company = company.Name,
                        SweepId = sweepId,
                        CourseSerial = courses[sent].Serial,
                    },
                    cancellationToken
                );
            }
            // The program is being stopped, or the broker is away: others go on with them, or this one later.
            catch
            {
                foreach (var course in courses.Skip(sent))
                    await sweeps.TakeBackAsync(company, sweepId, course.Serial, now, CancellationToken.None);
                throw;
            }
        }
    }
}
