using System.Globalization;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Polling.Backfills;

namespace RuangKerja.Events.Service.Commands.Backfill;

/// <summary>What the backfills of one command came to: results on standard output, what stopped them on standard error.</summary>
internal sealed class BackfillOutcome(CommandContext context, BackfillSpan span)
{
    private readonly List<(Company Company, BackfillResult Result)> _results = [];

    /// <summary>How the command ends: the first company that is not done decides.</summary>
    public ExitCode Code { get; private set; } = ExitCode.Ok;

    /// <summary>A company's backfill has ended.</summary>
    public void Add(Company company, BackfillResult result)
    {
        _results.Add((company, result));
        var (code, message) = Describe(result);
        Tell(company, code, message);
    }

    /// <summary>A company's backfill could not begin.</summary>
    public void Add(Company company, Exception error)
    {
        var failure = Failures.Describe(error, interrupted: false);
        Tell(company, failure.Code, failure.Message);
    }

    /// <summary>Prints the results.</summary>
    public void Write(OutputFormat output)
    {
        if (output == OutputFormat.Json)
        {
            context.WriteJson(_results.Select(r => AsJson(r.Company, r.Result)));
        }
        else if (_results.Count > 0)
        {
            context.WriteTable(
                [
                    "company",
                    "from",
                    "to",
                    "end",
                    "read up to",
                    "rows",
                    "events",
                    "baseline",
                    "queued",
                    "stale",
                    "rejected",
                    "pieces",
                    "seconds",
                ],
                _results.Select(r => Cells(r.Company, r.Result))
            );
        }
    }

    private static (ExitCode Code, string? Message) Describe(BackfillResult result)
    {
        var goesOn =
            $"It stands at {BackfillTexts.Position(result.Progress)}; the same command (without --restart) goes on from there.";
        switch (result.End)
        {
            case BackfillEnd.AlreadyDone:
                return (ExitCode.Ok, "the span was read before. To read it again, say --restart.");
            case BackfillEnd.Held when result.HeldPiece is { Window: { } window } held:
                return (
                    ExitCode.ApiContract,
                    $"{held.Rejected} of {held.Rows} rows between {window.From:O} and {window.To:O} cannot be accepted, so "
                        + "the backfill stops before them. See the reasons with 'ruangkerja-events quarantine list'; if the "
                        + $"rows are right to be refused, add --set Detection:QuarantineLimit=1. {goesOn}"
                );
            case BackfillEnd.Interrupted:
                return (ExitCode.Interrupted, $"interrupted. {goesOn}");
            case BackfillEnd.Failed when result.Failure is { } error:
                var failure = Failures.Describe(error, interrupted: false);
                return (failure.Code, $"{failure.Message} {goesOn}");
            default:
                return (ExitCode.Ok, null);
        }
    }

    private void Tell(Company company, ExitCode code, string? message)
    {
        if (message is not null)
            context.Error.WriteLine($"{company}: {message}");
        Code = Code == ExitCode.Ok ? code : Code;
    }

    private object AsJson(Company company, BackfillResult result)
    {
        var progress = result.Progress;
        return new
        {
            company = company.Name,
            from = span.From,
            to = span.To,
            result.End,
            readUpTo = BackfillTexts.ReadUpTo(progress),
            progress.Rows,
            progress.Events,
            baseline = progress.Events - progress.Queued,
            progress.Queued,
            progress.Stale,
            progress.Rejected,
            progress.Pieces,
            seconds = Math.Round(progress.Elapsed.TotalSeconds, 3),
        };
    }

    private string[] Cells(Company company, BackfillResult result)
    {
        var progress = result.Progress;
        return
        [
            company.Name,
            Rfc3339.Format(span.From, TimeZoneInfo.Utc),
            Rfc3339.Format(span.To, TimeZoneInfo.Utc),
            Word(result.End),
            BackfillTexts.Position(progress),
            $"{progress.Rows}",
            $"{progress.Events}",
            $"{progress.Events - progress.Queued}",
            $"{progress.Queued}",
            $"{progress.Stale}",
            $"{progress.Rejected}",
            $"{progress.Pieces}",
            progress.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),
        ];
    }

    private static string Word(BackfillEnd end) =>
        end == BackfillEnd.AlreadyDone ? "done before" : $"{end}".ToLowerInvariant();
}
