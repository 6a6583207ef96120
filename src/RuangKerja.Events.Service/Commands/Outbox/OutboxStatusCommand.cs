using System.CommandLine;
using Microsoft.Extensions.Configuration;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Service.Commands.Outbox;

/// <summary><c>outbox status</c>: what waits to be published, what is held for an operator, and what no queue took.</summary>
public sealed class OutboxStatusCommand(CommandContext context, OutputFormat output)
{
    /// <summary>Declares the command.</summary>
    public static Command Create(CommandContext context)
    {
        var company = CompanyArgument.Create();
        var output = Output.CreateOption();
        var command = new Command(
            "status",
            "Count the events that are stored and not yet published, and say why they are not."
        )
        {
            company,
            output,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    () =>
                        new OutboxStatusCommand(context, parsed.GetValue(output)).RunAsync(
                            context.Reader(parsed).ReadStorage(),
                            context.ReadConfiguration(parsed),
                            parsed.GetValue(company),
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
        CancellationToken cancellationToken
    )
    {
        await using var opened = await OperatorDatabase.OpenAsync(storage, configuration, company, cancellationToken);
        var outbox = new PostgresOutbox(opened.Database);
        var counts = await outbox.CountAsync(opened.Company, cancellationToken);
        var holds = await outbox.ListHoldsAsync(opened.Company, cancellationToken);
        if (output == OutputFormat.Json)
        {
            context.WriteJson(
                new
                {
                    company = opened.Company.Name,
                    counts,
                    holds,
                }
            );
            return ExitCode.Ok;
        }

        context.WriteTable(
            ["state", "events", "since", "why"],
            [
                ["pending", $"{counts.Pending}", Time(counts.OldestPending), "waits for RabbitMQ's confirm"],
                .. holds.Select(hold => new[] { "held", $"{hold.Events}", Time(hold.From), hold.Reason }),
                ["unroutable", $"{counts.Unroutable}", "", "no queue took it"],
                ["unpublishable", $"{counts.Unpublishable}", "", "cannot be made a message; see the table outbox"],
            ]
        );
        return ExitCode.Ok;
    }

    private static string Time(DateTimeOffset? instant) => instant is { } given ? $"{given:yyyy-MM-dd HH:mm:ss}Z" : "";
}
