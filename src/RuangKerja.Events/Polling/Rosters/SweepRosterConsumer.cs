using MassTransit;

namespace RuangKerja.Events.Polling.Rosters;

/// <summary>
/// Takes commands from the queue, as many at a time as this instance may. A command is always settled: what becomes of the
/// course is in the database, and what is not done with comes due again.
/// </summary>
public sealed class SweepRosterConsumer(PolledCompanies companies, SweepReports reports) : IConsumer<SweepRoster>
{
    /// <inheritdoc />
    public async Task Consume(ConsumeContext<SweepRoster> context)
    {
        var command = context.Message;
        if (companies.All.FirstOrDefault(c => c.Company.Name == command.Company) is not { } polled)
        {
            reports.UnknownCompany(command.Company);
            return;
        }

        try
        {
            var result = await polled.Rosters.RunAsync(
                command.SweepId,
                command.CourseSerial,
                context.CancellationToken
            );
            reports.Completed(polled.Company, result);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            // The program is being stopped; the course was given back.
        }
        // Whatever it is: a queue of faulted commands would only grow with each time the course comes due again.
        catch (Exception error)
        {
            reports.Failed(polled.Company, command.CourseSerial, error);
        }
    }
}
