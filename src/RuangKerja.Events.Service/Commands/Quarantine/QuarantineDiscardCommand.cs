using System.CommandLine;
using Microsoft.Extensions.Configuration;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Service.Commands.Quarantine;

/// <summary><c>quarantine discard</c>: removes rows for good.</summary>
public sealed class QuarantineDiscardCommand(CommandContext context)
{
    /// <summary>Declares the command.</summary>
    public static Command Create(CommandContext context)
    {
        var company = CompanyArgument.Create();
        var ids = QuarantineArguments.CreateIds();
        var all = QuarantineArguments.CreateAll();
        var command = new Command("discard", "Remove rows for good. A row the API still shows comes back.")
        {
            ids,
            all,
            company,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    () =>
                        new QuarantineDiscardCommand(context).RunAsync(
                            context.Reader(parsed).ReadStorage(),
                            context.ReadConfiguration(parsed),
                            parsed.GetValue(company),
                            QuarantineArguments.ReadIds(parsed.GetValue(ids), parsed.GetValue(all)),
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
        IReadOnlyCollection<long>? ids,
        CancellationToken cancellationToken
    )
    {
        await using var opened = await OperatorDatabase.OpenAsync(storage, configuration, company, cancellationToken);
        var discarded = await new PostgresQuarantine(opened.Database).DiscardAsync(
            opened.Company,
            ids,
            cancellationToken
        );
        await context.Out.WriteLineAsync($"{discarded} rows discarded.");
        return ExitCode.Ok;
    }
}
