using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RuangKerja.Events.Polling.Backfills;
using RuangKerja.Events.Storage;
using Spectre.Console;

namespace RuangKerja.Events.Service.Commands.Backfill;

/// <summary>
/// <c>backfill</c>: reads a span of the past of one company or of all. What is to be published waits in the outbox for the
/// running service: this command connects to no broker.
/// </summary>
public sealed class BackfillCommand(CommandContext context, OutputFormat output)
{
    /// <summary>Declares the command.</summary>
    public static Command Create(CommandContext context)
    {
        var from = BackfillArguments.CreateFrom();
        var to = BackfillArguments.CreateTo();
        var company = new Option<string?>("--company")
        {
            Description = "The one company to read. Default: all, in turn.",
        };
        var restart = new Option<bool>("--restart")
        {
            Description = "Begin at --from again, whatever was read before. Harmless: nothing is stored twice.",
        };
        var output = Output.CreateOption();
        var command = new Command(
            "backfill",
            "Read a span of the past, with the same code as live polling and beside it. What happened before the company "
                + "was first polled is stored as baseline, anything new is published by the running service.\n\n"
                + "However a run ends, the same command goes on where it stood; a span that is done is not read again. An "
                + "API or a database that goes away while it runs is waited for, as long as it takes. It ends when a "
                + "person is needed: API credentials (3), answers not as documented or too many rows that cannot be accepted (5), "
                + "database away at the start (6), its rights (7) or schema (8).\n\n"
                + "This process sends up to Polling:RequestsPerSecond requests of its own, beside those of a running service."
        )
        {
            from,
            to,
            company,
            restart,
            output,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    () =>
                    {
                        var now = context.Time.GetUtcNow();
                        var span = BackfillArguments.Read(
                            parsed.GetRequiredValue(from),
                            parsed.GetRequiredValue(to),
                            now
                        );
                        return new BackfillCommand(context, parsed.GetValue(output)).RunAsync(
                            context.Reader(parsed).Read(now, brokerNeeded: false).Pipeline,
                            span,
                            parsed.GetValue(company),
                            parsed.GetValue(restart),
                            cancellationToken
                        );
                    },
                    cancellationToken
                )
        );
        return command;
    }

    /// <summary>Does the work. One company's failure keeps no other from its backfill; the first one decides the exit code.</summary>
    internal async Task<ExitCode> RunAsync(
        PipelineOptions options,
        BackfillSpan span,
        string? company,
        bool restart,
        CancellationToken cancellationToken
    )
    {
        var chosen = CompanyChoice.Read(options.Companies, company);
        // A log line would tear the bar, which shows what the backfill waits for by itself.
        await using var services = context.BuildServices(
            options,
            context.ErrorIsTerminal ? LogLevel.Error : LogLevel.Warning
        );
        await services.GetRequiredService<DatabaseSchema>().EnsureCurrentAsync(cancellationToken);

        var outcome = new BackfillOutcome(context, span);
        foreach (var one in chosen)
        {
            try
            {
                using var polled = services.CreatePolledCompany(options, one);
                var range = BackfillPlan.Range(span.From, span.To);
                outcome.Add(
                    one.Company,
                    await ShowAsync(
                        one,
                        watcher => polled.Backfill.RunAsync(range, restart, watcher, cancellationToken)
                    )
                );
            }
            catch (StorageException error)
            {
                outcome.Add(one.Company, error);
            }

            if (cancellationToken.IsCancellationRequested)
                break;
        }

        outcome.Write(output);
        return outcome.Code;
    }

    private Task<BackfillResult> ShowAsync(CompanyOptions one, Func<IBackfillWatcher, Task<BackfillResult>> work)
    {
        if (!context.ErrorIsTerminal)
            return work(new BackfillLines(one.Company, context.Error, context.Time));

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Error) });
        return BackfillBar.ShowAsync(console, one.Company, work);
    }
}
