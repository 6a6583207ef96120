using System.CommandLine;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Service.Commands.Replay;

/// <summary><c>replay pause</c>, <c>replay resume</c> and <c>replay cancel</c>.</summary>
internal sealed class ReplayMoveCommand(CommandContext context, OutputFormat output)
{
    /// <summary>Brings the word to the store.</summary>
    /// <param name="by">Who says it.</param>
    internal delegate Task<ReplayTransition> Word(
        IReplayStore store,
        Guid id,
        string by,
        CancellationToken cancellationToken
    );

    /// <summary>Declares <c>pause</c>.</summary>
    public static Command CreatePause(CommandContext context) =>
        Create(
            context,
            "pause",
            "Pause a replay. Messages under way may still arrive.",
            ReplayState.Paused,
            (store, id, by, cancellationToken) => store.PauseAsync(id, by, cancellationToken)
        );

    /// <summary>Declares <c>resume</c>.</summary>
    public static Command CreateResume(CommandContext context) =>
        Create(
            context,
            "resume",
            "Let a replay that is paused, or failed, go on where it stood.",
            ReplayState.Waiting,
            (store, id, by, cancellationToken) => store.ResumeAsync(id, by, cancellationToken)
        );

    /// <summary>Declares <c>cancel</c>.</summary>
    public static Command CreateCancel(CommandContext context) =>
        Create(
            context,
            "cancel",
            "End a replay for good. What was sent stays in its queue.",
            ReplayState.Cancelled,
            (store, id, by, cancellationToken) => store.CancelAsync(id, by, cancellationToken)
        );

    /// <summary>Does the work.</summary>
    /// <param name="wanted">The state that the word leads to: when it is there already, all is well.</param>
    public async Task<ExitCode> RunAsync(
        IReplayStore store,
        Guid id,
        string name,
        ReplayState wanted,
        Word word,
        CancellationToken cancellationToken
    )
    {
        var (job, changed) = await word(store, id, context.User, cancellationToken);
        if (job is null)
            throw ReplayShowCommand.NoSuch(id);

        new ReplayOutput(context, output).Write(job);
        if (changed || job.State == wanted || (wanted == ReplayState.Waiting && job.State == ReplayState.Running))
            return ExitCode.Ok;

        throw new UsageException($"Replay {id} is {ReplayTexts.State(job)}: there is nothing to {name}.");
    }

    private static Command Create(
        CommandContext context,
        string name,
        string description,
        ReplayState wanted,
        Word word
    )
    {
        var id = ReplayShowCommand.CreateId();
        var output = Output.CreateOption();
        var command = new Command(name, description) { id, output };
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    async () =>
                    {
                        await using var services = context.BuildReplayServices(context.Reader(parsed).ReadStorage());
                        return await new ReplayMoveCommand(context, parsed.GetValue(output)).RunAsync(
                            services.Store,
                            parsed.GetValue(id),
                            name,
                            wanted,
                            word,
                            cancellationToken
                        );
                    },
                    cancellationToken
                )
        );
        return command;
    }
}
