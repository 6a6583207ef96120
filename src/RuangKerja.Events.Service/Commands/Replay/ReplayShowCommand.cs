using System.CommandLine;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Service.Commands.Replay;

/// <summary><c>replay show</c>: how one stands, and what was done with it by whom.</summary>
internal sealed class ReplayShowCommand(CommandContext context, OutputFormat output)
{
    /// <summary>The argument of commands that are about one replay.</summary>
    public static Argument<Guid> CreateId() =>
        new("id") { Description = "The replay, by the id that 'replay list' shows." };

    /// <summary>Declares the command.</summary>
    public static Command Create(CommandContext context)
    {
        var id = CreateId();
        var wait = new Option<bool>("--wait") { Description = "Look on until it ends." };
        var output = Output.CreateOption();
        var command = new Command("show", "Show how a replay stands, and what was done with it by whom.")
        {
            id,
            wait,
            output,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    async () =>
                    {
                        await using var services = context.BuildReplayServices(context.Reader(parsed).ReadStorage());
                        return await new ReplayShowCommand(context, parsed.GetValue(output)).RunAsync(
                            services.Store,
                            parsed.GetValue(id),
                            parsed.GetValue(wait),
                            cancellationToken
                        );
                    },
                    cancellationToken
                )
        );
        return command;
    }

    /// <summary>Does the work.</summary>
    public async Task<ExitCode> RunAsync(IReplayStore store, Guid id, bool wait, CancellationToken cancellationToken)
    {
        var job = await store.ReadAsync(id, cancellationToken) ?? throw NoSuch(id);
        var shown = new ReplayOutput(context, output);
        if (wait)
            return await new ReplayFollower(context, store).FollowAsync(job, shown.Write, cancellationToken);

        shown.Write(job, await store.ReadAuditAsync(id, cancellationToken));
        return ExitCode.Ok;
    }

    /// <summary>What to say of an id that no replay has.</summary>
    public static UsageException NoSuch(Guid id) =>
        new($"There is no replay {id}; 'replay list' shows those there are.");
}
