using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Errors;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Service.Commands.History;

namespace RuangKerja.Events.Service.Commands.Errors;

/// <summary>The options that say whose error queue is meant, and which messages in it.</summary>
internal sealed class ErrorsArguments
{
    private const string Suffix = "_error";

    private readonly Option<string> _queue = new("--queue")
    {
        Description = $"The subscriber's queue. What it could not handle is in the queue of this name and {Suffix}.",
        Required = true,
    };
    private readonly Option<string?> _exception = new("--exception")
    {
        Description = "Only what failed with it: a part of its type or message, or of what 'errors list' prints.",
        HelpName = "text",
    };
    private readonly Option<string?> _event = new("--event")
    {
        Description = "Only this event: its eventId, or the message's id.",
        HelpName = "id",
    };

    /// <summary>Whose queue.</summary>
    public Option Queue => _queue;

    /// <summary>Which messages.</summary>
    public IEnumerable<Option> Choice => [_exception, _event];

    /// <summary>Reads whose queue is meant.</summary>
    /// <exception cref="UsageException">It is the error queue itself.</exception>
    public string ReadQueue(ParseResult parsed)
    {
        var queue = parsed.GetRequiredValue(_queue);
        return queue.EndsWith(Suffix, StringComparison.Ordinal)
            ? throw new UsageException($"--queue '{queue}': name the subscriber's queue, '{queue[..^Suffix.Length]}'.")
            : queue;
    }

    /// <summary>Reads which messages are meant.</summary>
    /// <exception cref="UsageException">What is given is no id.</exception>
    public FaultChoice ReadChoice(ParseResult parsed)
    {
        Guid? id = null;
        if (parsed.GetValue(_event) is { } text)
        {
            id = Guid.TryParse(text, out var given)
                ? given
                : throw new UsageException($"--event '{text}': write a uuid, as the member eventId has it.");
        }

        return new FaultChoice { Exception = parsed.GetValue(_exception), EventId = id };
    }

    /// <summary>The desk at the broker of <c>Relay:RabbitMqUri</c>.</summary>
    public static ErrorDesk Desk(CommandContext context, ParseResult parsed)
    {
        var options = context.Reader(parsed).ReadRelay();
        return new ErrorDesk(
            options,
            new BrokerCredentials(options, NullLogger<BrokerCredentials>.Instance),
            context.Time
        );
    }

    /// <summary>Reads a number of messages.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static int ReadCount(ParseResult parsed, Option<int> option)
    {
        var count = parsed.GetValue(option);
        return count >= 1 ? count : throw new UsageException($"{option.Name} {count}: 1 or more is allowed.");
    }

    /// <summary>Says how much of the queue was looked at.</summary>
    public static string LookedAt(string queue, int lookedAt, int waiting) =>
        lookedAt == waiting
            ? $"{waiting} messages in '{queue}{Suffix}'."
            : $"Looked at {lookedAt} of {waiting} messages in '{queue}{Suffix}'.";

    /// <summary>An instant in a table.</summary>
    public static string Time(DateTimeOffset? instant) => instant is { } given ? EventLines.Time(given) : "";
}
