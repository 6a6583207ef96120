using System.CommandLine;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Polling;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Service.Commands.Quarantine;

/// <summary><c>quarantine retry</c>: judges rows again, by the rules of this version.</summary>
public sealed class QuarantineRetryCommand(CommandContext context, OutputFormat output)
{
    /// <summary>Declares the command.</summary>
    public static Command Create(CommandContext context)
    {
        var company = CompanyArgument.Create();
        var ids = QuarantineArguments.CreateIds();
        var all = QuarantineArguments.CreateAll();
        var output = Output.CreateOption();
        var command = new Command(
            "retry",
            "Judge rows again by the rules of this version, and detect on those that pass. May run beside the service."
        )
        {
            ids,
            all,
            company,
            output,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    () =>
                    {
                        var reader = context.Reader(parsed);
                        return new QuarantineRetryCommand(context, parsed.GetValue(output)).RunAsync(
                            reader.Read(context.Time.GetUtcNow(), brokerNeeded: false).Pipeline,
                            CompanyArgument.Read(context.ReadConfiguration(parsed), parsed.GetValue(company)),
                            QuarantineArguments.ReadIds(parsed.GetValue(ids), parsed.GetValue(all)),
                            cancellationToken
                        );
                    },
                    cancellationToken
                )
        );
        return command;
    }

    /// <summary>Does the work.</summary>
    public async Task<ExitCode> RunAsync(
        PipelineOptions options,
        Company company,
        IReadOnlyCollection<long>? ids,
        CancellationToken cancellationToken
    )
    {
        var chosen = options.Companies.Single(c => c.Company == company);
        await using var services = context.BuildServices(options, LogLevel.Warning);
        await services.GetRequiredService<DatabaseSchema>().EnsureCurrentAsync(cancellationToken);
        var retry = new QuarantineRetry(
            services.GetRequiredService<IQuarantine>(),
            services.GetRequiredService<IEventStore>(),
            services.GetRequiredService<ICatalogueStore>(),
            options,
            context.Time
        );
        var result = await retry.RunAsync(chosen, ids, cancellationToken);
        if (output == OutputFormat.Json)
        {
            context.WriteJson(result);
            return ExitCode.Ok;
        }

        await context.Out.WriteLineAsync(
            $"{result.Tried} rows tried, {result.Accepted} accepted ({result.Events} changes, {result.Stale} older than "
                + $"what is known), {result.StillBad.Count} stay:"
        );
        foreach (var row in result.StillBad)
            await context.Out.WriteLineAsync($"  {row.Id}: {string.Join(' ', row.Reasons)}");
        return ExitCode.Ok;
    }
}
