using System.CommandLine;
using Microsoft.Extensions.Configuration;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Service.Commands.Outbox;

/// <summary><c>outbox release</c> and <c>outbox discard</c>: what becomes of the events of a surge.</summary>
public sealed class OutboxSettleCommand(CommandContext context)
{
    /// <summary>Declares <c>release</c>.</summary>
    public static Command CreateRelease(CommandContext context) =>
        Create(
            context,
            "release",
            "Publish the events that a surge held back. The running service does it at once.",
            (outbox, company, cancellationToken) => outbox.ReleaseAsync(company, cancellationToken),
            "released"
        );

    /// <summary>Declares <c>discard</c>.</summary>
    public static Command CreateDiscard(CommandContext context) =>
        Create(
            context,
            "discard",
            "Never publish the events that a surge held back. They stay stored, and their versions taken.",
            (outbox, company, cancellationToken) => outbox.DiscardAsync(company, cancellationToken),
            "discarded"
        );

    /// <summary>Does the work.</summary>
    public async Task<ExitCode> RunAsync(
        StorageOptions storage,
        IConfiguration configuration,
        string? company,
        Func<IOutbox, Company, CancellationToken, Task<int>> settle,
        string done,
        CancellationToken cancellationToken
    )
    {
        await using var opened = await OperatorDatabase.OpenAsync(storage, configuration, company, cancellationToken);
        var count = await settle(new PostgresOutbox(opened.Database), opened.Company, cancellationToken);
        await context.Out.WriteLineAsync($"{count} events {done}.");
        return ExitCode.Ok;
    }

    private static Command Create(
        CommandContext context,
        string name,
        string description,
        Func<IOutbox, Company, CancellationToken, Task<int>> settle,
        string done
    )
    {
        var company = CompanyArgument.Create();
        var all = new Option<bool>("--all")
        {
            Description = "All that is held. Has to be said: it cannot be taken back.",
        };
        var command = new Command(name, description) { company, all };
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    () =>
                        parsed.GetValue(all)
                            ? new OutboxSettleCommand(context).RunAsync(
                                context.Reader(parsed).ReadStorage(),
                                context.ReadConfiguration(parsed),
                                parsed.GetValue(company),
                                settle,
                                done,
                                cancellationToken
                            )
                            : throw new UsageException(
                                $"Say --all to {name} all that is held; 'outbox status' shows it."
                            ),
                    cancellationToken
                )
        );
        return command;
    }
}
