using System.CommandLine;
using RuangKerja.Events.Errors;

namespace RuangKerja.Events.Service.Commands.Errors;

/// <summary><c>errors list</c>: what a subscriber could not handle, by what it failed with.</summary>
internal sealed class ErrorsListCommand(CommandContext context, OutputFormat output)
{
    /// <summary>Declares the command.</summary>
    public static Command Create(CommandContext context)
    {
        var arguments = new ErrorsArguments();
        var limit = new Option<int>("--limit")
        {
            Description = "Look at so many messages at most, the oldest first.",
            DefaultValueFactory = _ => 1_000,
        };
        var output = Output.CreateOption();
        var command = new Command(
            "list",
            "Count the messages that a subscriber could not handle by their exception. All of them stay."
        )
        {
            limit,
            output,
        };
        foreach (var option in arguments.Queue)
            command.Add(option);
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    () =>
                        new ErrorsListCommand(context, parsed.GetValue(output)).RunAsync(
                            arguments.ReadQueue(parsed),
                            ErrorsArguments.ReadCount(parsed, limit),
                            ErrorsArguments.Desk(context, parsed),
                            cancellationToken
                        ),
                    cancellationToken
                )
        );
        return command;
    }

    /// <summary>Does the work.</summary>
    public async Task<ExitCode> RunAsync(
        ErrorQueueNames names,
        int limit,
        ErrorDesk desk,
        CancellationToken cancellationToken
    )
    {
        var survey = await desk.SurveyAsync(names, limit, cancellationToken);
        if (output == OutputFormat.Json)
        {
            context.WriteJson(survey);
            return ExitCode.Ok;
        }

        await context.Out.WriteLineAsync(ErrorLines.LookedAt(names, survey.LookedAt, survey.Waiting, survey.Consumers));
        if (survey.Groups.Count > 0)
            context.WriteTable(
                ["messages", "exception", "message", "first", "last", "types", "companies"],
                survey.Groups.Select(group => Cells(group).Select(Printable.Of).ToArray())
            );
        return ExitCode.Ok;
    }

    private static string[] Cells(FaultGroup group) =>
        [
            $"{group.Count}",
            group.Exception,
            group.Message,
            ErrorsArguments.Time(group.FirstFault),
            ErrorsArguments.Time(group.LastFault),
            string.Join(", ", group.MessageTypes),
            string.Join(", ", group.Companies),
        ];
}
