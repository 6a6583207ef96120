using System.CommandLine;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Service.Commands.History;
using RuangKerja.Events.Service.Http.Api;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Service.Commands.Replay;

/// <summary><c>replay start</c>: asks for a replay, which a running service does, and looks on.</summary>
internal sealed class ReplayStartCommand(CommandContext context, OutputFormat output)
{
    /// <summary>Declares the command.</summary>
    public static Command Create(CommandContext context)
    {
        var arguments = new ReplayStartArguments();
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "Tell what it would come to: count, first, last, bytes, duration. Nothing is kept or sent.",
        };
        var wait = new Option<bool?>("--wait")
        {
            Description = "Look on until it ends. Default: on a terminal; 'false' leaves at once.",
        };
        var output = Output.CreateOption();
        var command = new Command(
            "start",
            "Send stored events again, to one queue alone. A running service sends them; however this command ends, the replay "
                + "goes on. Exit codes: 2 when it is not accepted, 9 when it failed, 130 when it was cancelled or is no longer "
                + "looked at."
        );
        foreach (var option in arguments.Options)
            command.Add(option);
        command.Add(dryRun);
        command.Add(wait);
        command.Add(output);
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    async () =>
                    {
                        var companies = CompanyArgument.Configured(context.ReadConfiguration(parsed));
                        var request = arguments.Read(context, parsed, companies);
                        await using var services = context.BuildReplayServices(
                            context.Reader(parsed).ReadReplay(),
                            companies
                        );
                        var start = new ReplayStartCommand(context, parsed.GetValue(output));
                        return parsed.GetValue(dryRun)
                            ? await start.EstimateAsync(services.Desk, request, cancellationToken)
                            : await start.RunAsync(
                                services.Desk,
                                services.Store,
                                request,
                                parsed.GetValue(wait) ?? context.ErrorIsTerminal,
                                cancellationToken
                            );
                    },
                    cancellationToken
                )
        );
        return command;
    }

    /// <summary>Does the work.</summary>
    /// <param name="wait">Whether to look on until it ends.</param>
    public async Task<ExitCode> RunAsync(
        IReplayDesk desk,
        IReplayStore store,
        ReplayRequest request,
        bool wait,
        CancellationToken cancellationToken
    )
    {
        var answer = await desk.AskAsync(request, cancellationToken);
        if (answer is ReplayAnswer.Rejected rejected)
        {
            if (output == OutputFormat.Json)
                context.WriteApiJson(new { errors = ReplayEstimateView.ErrorsOf(rejected.Faults) });
            return Refuse(rejected.Faults);
        }

        var job = ((ReplayAnswer.Accepted)answer).Job;
        if (wait)
            return await new ReplayFollower(context, store).FollowAsync(job, Write, cancellationToken);

        Write(job);
        await context.Error.WriteLineAsync($"'replay show {job.Id}' tells how it goes on.");
        return ExitCode.Ok;
    }

    /// <summary>Tells what it would come to.</summary>
    public async Task<ExitCode> EstimateAsync(
        IReplayDesk desk,
        ReplayRequest request,
        CancellationToken cancellationToken
    )
    {
        var estimate = await desk.EstimateAsync(request, cancellationToken);
        var (first, last) = (estimate.Events.First, estimate.Events.Last);
        if (output == OutputFormat.Json)
            context.WriteApiJson(ReplayEstimateView.Of(estimate));
        else
            context.WriteTable(
                ["events", "first", "last", "through", "bytes", "at least"],
                [
                    [
                        $"{estimate.Events.Count}",
                        first is null ? "" : $"{first.Sequence}, {EventLines.Time(first.RecordedAt)}",
                        last is null ? "" : $"{last.Sequence}, {EventLines.Time(last.RecordedAt)}",
                        $"{estimate.Through}",
                        $"{estimate.Bytes}",
                        ReplayTexts.Duration(estimate.Duration),
                    ],
                ]
            );
        return estimate.Faults.Count > 0 ? Refuse(estimate.Faults) : ExitCode.Ok;
    }

    private void Write(ReplayJob job) => new ReplayOutput(context, output).Write(job);

    private ExitCode Refuse(IReadOnlyList<ReplayFault> faults)
    {
        foreach (var fault in faults)
            context.Error.WriteLine($"{FilterArguments.OptionOf(fault.Member) ?? fault.Member}: {fault.Message}");
        return ExitCode.Configuration;
    }
}
