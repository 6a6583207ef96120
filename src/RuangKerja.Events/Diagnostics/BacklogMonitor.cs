using Microsoft.Extensions.Hosting;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Diagnostics;

/// <summary>
/// Reads every company's backlog again and again, on every instance: whichever of them does the work, all of them see
/// whether it gets done.
/// </summary>
public sealed class BacklogMonitor(
    IReadOnlyList<Company> companies,
    IBacklogStore store,
    DatabaseSchema schema,
    OutboxBudget budget,
    BacklogReports reports,
    TimeProvider time
) : BackgroundService
{
    /// <summary>From the end of one reading to the start of the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Loops.RunAsync(companies.Select(company => RunAsync(company, stoppingToken)));

    private async Task RunAsync(Company company, CancellationToken stopping)
    {
        var schemaChecked = false;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!schemaChecked)
                    await schema.EnsureCurrentAsync(stopping);
                schemaChecked = true;
                reports.Read(company, await store.ReadAsync(company, budget.CountTo, stopping));
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            // Whatever it is, the backlog is read again.
            catch (Exception error)
            {
                // A database that was away may come back as another one.
                schemaChecked = false;
                reports.Failed(company, error);
            }

            await Task.Delay(Interval, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
