using System.CommandLine;
using System.Text.Json;
using RuangKerja.Events.Errors;

namespace RuangKerja.Events.Service.Commands.Errors;

/// <summary><c>errors show</c>: single messages that a subscriber could not handle, whole.</summary>
internal sealed class ErrorsShowCommand(CommandContext context, OutputFormat output)
{
    private const int StackLines = 6;

    /// <summary>Declares the command.</summary>
    public static Command Create(CommandContext context)
    {
        var arguments = new ErrorsArguments();
        var limit = new Option<int>("--limit")
        {
            Description = "Show so many messages at most, the oldest first.",
            DefaultValueFactory = _ => 1,
        };
        var output = Output.CreateOption();
        var command = new Command(
            "show",
            "Show a message that a subscriber could not handle: ids, exception, headers, body. It stays where it is."
        );
        foreach (var option in arguments.Queue.Concat(arguments.Choice))
            command.Add(option);
        command.Add(limit);
        command.Add(output);
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    () =>
                        new ErrorsShowCommand(context, parsed.GetValue(output)).RunAsync(
                            arguments.ReadQueue(parsed),
                            arguments.ReadChoice(parsed),
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
        FaultChoice choice,
        int limit,
        ErrorDesk desk,
        CancellationToken cancellationToken
    )
    {
        var found = await desk.FindAsync(names, choice, limit, cancellationToken);
        if (output == OutputFormat.Json)
        {
            context.WriteJson(found);
            return ExitCode.Ok;
        }

        await context.Out.WriteLineAsync(ErrorLines.LookedAt(names, found.LookedAt, found.Waiting, found.Consumers));
        if (found.Messages.Count == 0)
            await context.Out.WriteLineAsync("None of them is meant.");
        foreach (var message in found.Messages)
            Write(message);
        return ExitCode.Ok;
    }

    private void Write(FaultedMessage message)
    {
        var rows = new List<string[]>
        {
            new[] { "message id", message.MessageId ?? "" },
            new[] { "event id", message.EventId ?? "" },
            new[] { "company", message.Company ?? "" },
            new[] { "types", string.Join(", ", message.MessageTypes) },
            new[] { "exception", message.ExceptionType ?? "" },
            new[] { "message", message.ExceptionMessage ?? "" },
            new[] { "failed at", ErrorsArguments.Time(message.FaultedAt) },
            new[] { "consumer", message.ConsumerType ?? "" },
            new[] { "endpoint", message.InputAddress ?? "" },
            new[] { "retries", message.Retries ?? "" },
            new[] { "stack", Head(message.StackTrace) },
        };
        rows.AddRange(message.Headers.Select(header => new[] { $"header {header.Key}", header.Value ?? "" }));
        if (message.Message is { ValueKind: JsonValueKind.Object } body)
            rows.AddRange(body.EnumerateObject().Select(member => new[] { member.Name, $"{member.Value}" }));
        else
            rows.Add(["body", message.Text ?? $"{message.Message}"]);
        context.WriteTable(["", ""], rows.Where(row => row[1].Length > 0).Select(Cells));
    }

    private static string[] Cells(string[] row) => [.. row.Select(Printable.Of)];

    private static string Head(string? stack) =>
        string.Join('\n', (stack ?? "").Split('\n').Take(StackLines).Select(line => line.Trim()));
}
