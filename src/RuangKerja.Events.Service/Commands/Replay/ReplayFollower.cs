using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.Replays;
using Spectre.Console;

namespace RuangKerja.Events.Service.Commands.Replay;

/// <summary>Is told how a replay that is looked at goes on.</summary>
internal interface IReplayWatcher
{
    /// <summary>It stands so.</summary>
    void Stands(ReplayJob job);

    /// <summary>There is something to say.</summary>
    void Says(string text);
}

/// <summary>Looks on at a replay until it ends; whatever becomes of this process, the replay goes on.</summary>
internal sealed class ReplayFollower(CommandContext context, IReplayStore store)
{
    /// <summary>After this long without an instance that takes it up, a person should look.</summary>
    internal static readonly TimeSpan TakenAfter = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Looks on, on a terminal with a bar, elsewhere with lines.</summary>
    /// <param name="write">Prints how it stands in the end.</param>
    public async Task<ExitCode> FollowAsync(ReplayJob job, Action<ReplayJob> write, CancellationToken cancellationToken)
    {
        var last = context.ErrorIsTerminal
            ? await ReplayBar.ShowAsync(Console(), watcher => LookAsync(job, watcher, cancellationToken))
            : await LookAsync(job, new ReplayLines(context.Error, context.Time), cancellationToken);
        write(last);
        if (last.State == ReplayState.Failed)
            await context.Error.WriteLineAsync(
                $"It failed. {last.Reason} Once that is put right, 'replay resume {last.Id}' goes on where it stood."
            );
        return last.State switch
        {
            ReplayState.Finished => ExitCode.Ok,
            ReplayState.Failed => ExitCode.Broker,
            ReplayState.Cancelled => ExitCode.Interrupted,
            _ => await LeaveAsync(last),
        };
    }

    private async Task<ExitCode> LeaveAsync(ReplayJob job)
    {
        await context.Error.WriteLineAsync(
            $"No longer looked at; the replay goes on. 'replay show {job.Id}' tells how it stands, 'replay cancel {job.Id}' "
                + "ends it."
        );
        return ExitCode.Interrupted;
    }

    /// <summary>Returns how it stood last: at its end, or when the command was stopped.</summary>
    private async Task<ReplayJob> LookAsync(ReplayJob job, IReplayWatcher watcher, CancellationToken cancellationToken)
    {
        var began = context.Time.GetTimestamp();
        var warned = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            watcher.Stands(job);
            if (job.IsOver || job.State == ReplayState.Failed)
                break;
            if (!warned && job.State == ReplayState.Waiting && context.Time.GetElapsedTime(began) >= TakenAfter)
            {
                warned = true;
                watcher.Says(
                    "No instance has taken it up yet. Does a service run on this database, with Replay:Parallelism above 0, "
                        + "and has it less to do than that many replays?"
                );
            }

            await Task.Delay(Interval, context.Time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            job = await ReadAsync(job, watcher, cancellationToken);
        }

        return job;
    }

    private async Task<ReplayJob> ReadAsync(ReplayJob job, IReplayWatcher watcher, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ReadAsync(job.Id, cancellationToken) ?? job;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return job;
        }
        // It passes, and the replay waits for it too.
        catch (StorageException away) when (away.Kind == StorageFailureKind.Unavailable)
        {
            watcher.Says(away.Message);
            return job;
        }
    }

    private IAnsiConsole Console() =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Error) });
}
