using System.CommandLine;
using RuangKerja.Events.Errors;
using Spectre.Console;

namespace RuangKerja.Events.Service.Commands.Errors;

/// <summary><c>errors redrive</c>: gives a subscriber once more what it could not handle.</summary>
internal sealed class ErrorsRedriveCommand(CommandContext context, OutputFormat output)
{
    private const int LargestRate = 10_000;

    /// <summary>Declares the command.</summary>
    public static Command Create(CommandContext context)
    {
        var arguments = new ErrorsArguments();
        var rate = new Option<int>("--rate")
        {
            Description = "At most so many messages a second.",
            DefaultValueFactory = _ => 100,
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Count what would be moved. All of it stays." };
        var limit = new Option<int>("--limit")
        {
            Description = "Move so many at most, the oldest first. Default: all.",
            DefaultValueFactory = _ => int.MaxValue,
            HelpName = "count",
        };
        var output = Output.CreateOption();
        var command = new Command(
            "redrive",
            "Move messages back to the subscriber's queue, as they were published. However this ends, none is lost; when it is "
                + "cut off, a few may come twice."
        );
        foreach (var option in arguments.Queue.Concat(arguments.Choice))
            command.Add(option);
        command.Add(rate);
        command.Add(limit);
        command.Add(dryRun);
        command.Add(output);
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    () =>
                        new ErrorsRedriveCommand(context, parsed.GetValue(output)).RunAsync(
                            arguments.ReadQueue(parsed),
                            new RedriveOrder(
                                arguments.ReadChoice(parsed),
                                ErrorsArguments.ReadCount(parsed, limit),
                                ReadRate(parsed, rate),
                                parsed.GetValue(dryRun)
                            ),
                            ErrorsArguments.Desk(context, parsed),
                            cancellationToken
                        ),
                    cancellationToken
                )
        );
        return command;
    }

    /// <summary>Does the work, and tells how far it came however it ends.</summary>
    public async Task<ExitCode> RunAsync(
        ErrorQueueNames names,
        RedriveOrder order,
        ErrorDesk desk,
        CancellationToken cancellationToken
    )
    {
        RedriveProgress? last = null;
        try
        {
            if (context.ErrorIsTerminal)
                await RedriveBar.ShowAsync(
                    AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Error) }),
                    order,
                    bar => desk.RedriveAsync(names, order, bar + Keep, cancellationToken)
                );
            else
                await desk.RedriveAsync(names, order, Keep, cancellationToken);
        }
        finally
        {
            if (last is not null)
                Write(names, order, last);
        }

        return ExitCode.Ok;

        void Keep(RedriveProgress progress) => last = progress;
    }

    private void Write(ErrorQueueNames names, RedriveOrder order, RedriveProgress last)
    {
        if (output == OutputFormat.Json)
            context.WriteJson(
                new
                {
                    last.Waiting,
                    last.LookedAt,
                    last.Moved,
                    last.Consumers,
                    order.DryRun,
                }
            );
        else
            context.Out.WriteLine(
                $"{ErrorLines.LookedAt(names, last.LookedAt, last.Waiting, last.Consumers)} "
                    + $"{ErrorLines.Moved(order, last)} to '{names.Queue}'."
            );
    }

    private static int ReadRate(ParseResult parsed, Option<int> option)
    {
        var rate = parsed.GetValue(option);
        return rate is >= 1 and <= LargestRate
            ? rate
            : throw new UsageException($"{option.Name} {rate}: 1 to {LargestRate} is allowed.");
    }
}
