using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using RuangKerja.Events.Service.Commands;
using RuangKerja.Events.Service.Commands.Backfill;
using RuangKerja.Events.Service.Commands.Db;
using RuangKerja.Events.Service.Commands.Demo;
using RuangKerja.Events.Service.Commands.Errors;
using RuangKerja.Events.Service.Commands.History;
using RuangKerja.Events.Service.Commands.Outbox;
using RuangKerja.Events.Service.Commands.Poll;
using RuangKerja.Events.Service.Commands.Quarantine;
using RuangKerja.Events.Service.Commands.Replay;

namespace RuangKerja.Events.Service;

/// <summary>The command tree, and the way in.</summary>
public static class Program
{
    /// <summary>Runs one command; Ctrl-C and SIGTERM ask it to stop, and a second one ends it.</summary>
    public static async Task<int> Main(string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await InvokeAsync(args, CommandContext.OfThisProcess(), stop.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }

    /// <summary>Parses and runs; wrong usage is told on standard error.</summary>
    public static async Task<int> InvokeAsync(
        IReadOnlyList<string> args,
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var parsed = CommandTree(context).Parse(args);
        var invocation = new InvocationConfiguration
        {
            Output = context.Out,
            Error = context.Error,
            EnableDefaultExceptionHandler = false,
            // Signals are ours to handle: a stop may take longer than the library's two seconds.
            ProcessTerminationTimeout = null,
        };
        var code = await parsed.InvokeAsync(invocation, cancellationToken);
        return parsed.Action is ParseErrorAction ? (int)ExitCode.Configuration : code;
    }

    /// <summary>Every command there is. Without one, <c>run</c> is meant.</summary>
    public static RootCommand CommandTree(CommandContext context)
    {
        var root = new RootCommand(
            "Watches the course statuses in Ruangkerja and tells RabbitMQ of every change.\n\n"
                + "Settings come from appsettings.json beside the executable, from environment variables "
                + "(Storage__ConnectionString) and from --set (Storage:ConnectionString=…); the later wins."
        )
        {
            ConfigurationArguments.CreateOption(),
            RunCommand.Create(context),
            new Command("db", "The database schema.")
            {
                DbApplyCommand.Create(context),
                DbCheckCommand.Create(context),
            },
            new Command("poll", "Polling by hand.") { PollOnceCommand.Create(context) },
            BackfillCommand.Create(context),
            new Command("quarantine", "Rows of the API that could not be accepted.")
            {
                QuarantineListCommand.Create(context),
                QuarantineRetryCommand.Create(context),
                QuarantineDiscardCommand.Create(context),
            },
            new Command("outbox", "Events that are stored and not yet published.")
            {
                OutboxStatusCommand.Create(context),
                OutboxSettleCommand.CreateRelease(context),
                OutboxSettleCommand.CreateDiscard(context),
            },
            new Command("replay", "Stored events again, for one queue alone.")
            {
                ReplayStartCommand.Create(context),
                ReplayListCommand.Create(context),
                ReplayShowCommand.Create(context),
                ReplayMoveCommand.CreatePause(context),
                ReplayMoveCommand.CreateResume(context),
                ReplayMoveCommand.CreateCancel(context),
            },
            new Command("errors", "Messages that a subscriber could not handle, in its error queue.")
            {
                ErrorsListCommand.Create(context),
                ErrorsShowCommand.Create(context),
                ErrorsRedriveCommand.Create(context),
            },
            HistoryCommand.Create(context),
            EventsCommand.Create(context),
            StatusCommand.Create(context),
            SimulateCommand.Create(context),
            DemoCommand.Create(context),
        };
        RunCommand.MakeDefault(root, context);
        return root;
    }
}
