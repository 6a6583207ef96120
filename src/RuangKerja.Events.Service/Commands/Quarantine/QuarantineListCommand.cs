using System.CommandLine;
using Microsoft.Extensions.Configuration;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Service.Commands.Quarantine;

/// <summary><c>quarantine list</c>: the rows that could not be accepted, and why.</summary>
public sealed class QuarantineListCommand(CommandContext context, OutputFormat output)
{
    private const int LongestRow = 120;

    /// <summary>Declares the command.</summary>
    public static Command Create(CommandContext context)
    {
        var company = CompanyArgument.Create();
        var limit = new Option<int>("--limit")
        {
            Description = "At most so many, the newest first.",
            DefaultValueFactory = _ => 100,
        };
        var output = Output.CreateOption();
        var command = new Command("list", "List the rows that could not be accepted, and why.")
        {
            company,
            limit,
            output,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    () =>
                        new QuarantineListCommand(context, parsed.GetValue(output)).RunAsync(
                            context.Reader(parsed).ReadStorage(),
                            context.ReadConfiguration(parsed),
                            parsed.GetValue(company),
                            parsed.GetValue(limit),
                            cancellationToken
                        ),
                    cancellationToken
                )
        );
        return command;
    }

    /// <summary>Does the work.</summary>
    public async Task<ExitCode> RunAsync(
        StorageOptions storage,
        IConfiguration configuration,
        string? company,
        int limit,
        CancellationToken cancellationToken
    )
    {
        if (limit < 1)
            throw new UsageException($"--limit {limit}: 1 or more is allowed.");

        await using var opened = await OperatorDatabase.OpenAsync(storage, configuration, company, cancellationToken);
        var rows = await new PostgresQuarantine(opened.Database).ListAsync(opened.Company, limit, cancellationToken);
        if (output == OutputFormat.Json)
            context.WriteJson(rows);
        else
            context.WriteTable(
                ["id", "last seen", "times", "from", "reasons", "row"],
                rows.Select(row =>
                    new[]
                    {
                        $"{row.Id}",
                        $"{row.LastSeenAt:yyyy-MM-dd HH:mm:ss}Z",
                        $"{row.TimesSeen}",
                        row.RosterOf is { } course ? $"roster of {course.Serial}" : "feed",
                        string.Join(' ', row.Reasons),
                        row.Raw.Length <= LongestRow ? row.Raw : row.Raw[..LongestRow] + "…",
                    }
                )
            );
        return ExitCode.Ok;
    }
}
