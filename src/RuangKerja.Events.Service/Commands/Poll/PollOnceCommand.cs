using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Polling;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Service.Commands.Poll;

/// <summary>
/// <c>poll once</c>: one poll cycle of one company or of all. What is to be published waits in the outbox for the
/// running service: this command connects to no broker.
/// </summary>
public sealed class PollOnceCommand(CommandContext context, OutputFormat output)
{
    /// <summary>Declares the command.</summary>
    public static Command Create(CommandContext context)
    {
        var company = new Option<string?>("--company") { Description = "The one company to poll. Default: all." };
        var output = Output.CreateOption();
        var command = new Command("once", "Run one poll cycle and print what it came to.") { company, output };
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    () =>
                    {
                        var reader = context.Reader(parsed);
                        var options = reader.Read(context.Time.GetUtcNow(), brokerNeeded: false).Pipeline;
                        return new PollOnceCommand(context, parsed.GetValue(output)).RunAsync(
                            options,
                            parsed.GetValue(company),
                            cancellationToken
                        );
                    },
                    cancellationToken
                )
        );
        return command;
    }

    /// <summary>Does the work. One company's failure keeps no other from its cycle; the first one decides the exit code.</summary>
    public async Task<ExitCode> RunAsync(PipelineOptions options, string? company, CancellationToken cancellationToken)
    {
        var chosen = CompanyChoice.Read(options.Companies, company);
        await using var services = context.BuildServices(options, LogLevel.Warning);
        await services.GetRequiredService<DatabaseSchema>().EnsureCurrentAsync(cancellationToken);

        var results = new List<(Company Company, FeedCycleResult Result)>();
        var code = ExitCode.Ok;
        foreach (var one in chosen)
        {
            try
            {
                using var polled = services.CreatePolledCompany(options, one);
                var result = await polled.Feed.RunAsync(cancellationToken);
                results.Add((polled.Company, result));
                if (result.Held)
                {
                    await context.Error.WriteLineAsync(
                        $"{one.Company}: {result.Rejected} of {result.Rows} rows cannot be accepted, so the watermark "
                            + "stands still; see the reasons with 'ruangkerja-events quarantine list'."
                    );
                    code = code == ExitCode.Ok ? ExitCode.ApiContract : code;
                }
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                var failure = Failures.Describe(error, interrupted: false);
                await context.Error.WriteLineAsync($"{one.Company}: {failure.Message}");
                code = code == ExitCode.Ok ? failure.Code : code;
            }
        }

        Write(results);
        return code;
    }

    private void Write(List<(Company Company, FeedCycleResult Result)> results)
    {
        if (output == OutputFormat.Json)
        {
            context.WriteJson(
                results.Select(r => new
                {
                    company = r.Company.Name,
                    from = r.Result.Window?.From,
                    to = r.Result.Window?.To,
                    r.Result.Rows,
                    r.Result.Events,
                    r.Result.Queued,
                    r.Result.Stale,
                    r.Result.Rejected,
                    r.Result.ReachesNow,
                    r.Result.Held,
                })
            );
        }
        else if (results.Count > 0)
        {
            context.WriteTable(
                ["company", "from", "to", "rows", "events", "queued", "stale", "rejected", "reaches now", "held"],
                results.Select(r => Cells(r.Company, r.Result))
            );
        }
    }

    private static string[] Cells(Company company, FeedCycleResult result) =>
        [
            company.Name,
            result.Window is { } from ? Rfc3339.Format(from.From, TimeZoneInfo.Utc) : "nothing due",
            result.Window is { } to ? Rfc3339.Format(to.To, TimeZoneInfo.Utc) : "",
            $"{result.Rows}",
            $"{result.Events}",
            $"{result.Queued}",
            $"{result.Stale}",
            $"{result.Rejected}",
            result.ReachesNow ? "yes" : "no",
            result.Held ? "yes" : "no",
        ];
}
