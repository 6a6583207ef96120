using System.CommandLine;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Service.Commands.Replay;

/// <summary><c>replay list</c>: the replays there are and were.</summary>
internal static class ReplayListCommand
{
    private const int Most = 1_000;

    private static readonly string[] States = [.. Enum.GetNames<ReplayState>().Select(name => name.ToLowerInvariant())];

    /// <summary>Declares the command.</summary>
    public static Command Create(CommandContext context)
    {
        var states = new Option<ReplayState[]>("--state")
        {
            Description = "In this state; may be given again. Default: all.",
        };
        states.AcceptOnlyFromAmong(States);
        var limit = new Option<int>("--limit")
        {
            Description = $"At most so many, the latest first; 1 to {Most}.",
            DefaultValueFactory = _ => 50,
        };
        var output = Output.CreateOption();
        var command = new Command("list", "List replays, the latest first.") { states, limit, output };
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    async () =>
                    {
                        if (parsed.GetValue(limit) is var most and (< 1 or > Most))
                            throw new UsageException($"{limit.Name} {most}: 1 to {Most} is allowed.");
                        await using var services = context.BuildReplayServices(context.Reader(parsed).ReadStorage());
                        var jobs = await services.Store.ListAsync(
                            parsed.GetValue(states) ?? [],
                            before: null,
                            parsed.GetValue(limit),
                            cancellationToken
                        );
                        new ReplayOutput(context, parsed.GetValue(output)).Write(jobs);
                        return ExitCode.Ok;
                    },
                    cancellationToken
                )
        );
        return command;
    }
}
