using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Errors;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Service.Commands.History;

namespace RuangKerja.Events.Service.Commands.Errors;

/// <summary>The options that say whose error queue is meant, and which messages in it.</summary>
internal sealed class ErrorsArguments
{
    private readonly Option<string> _queue = new("--queue")
    {
        Description = "The subscriber's queue. What it could not handle is in the queue of this name and _error.",
        Required = true,
    };
    private readonly Option<bool> _dead = new("--dead")
    {
        Description =
            "What the broker has handed out too often instead, in the queue of this name and _dead, which the kit for "
            + "subscribers makes.",
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

    /// <summary>Whose queue, and which one beside it.</summary>
    public IEnumerable<Option> Queue => [_queue, _dead];

    /// <summary>Which messages.</summary>
    public IEnumerable<Option> Choice => [_exception, _event];

    /// <summary>Reads whose queue is meant.</summary>
    /// <exception cref="UsageException">It is one of those beside it.</exception>
    public ErrorQueueNames ReadQueue(ParseResult parsed)
    {
        var queue = parsed.GetRequiredValue(_queue);
        foreach (var suffix in (string[])[ErrorQueueNames.Failed, ErrorQueueNames.Dead])
        {
            if (queue.EndsWith(suffix, StringComparison.Ordinal))
                throw new UsageException(
                    $"--queue '{queue}': name the subscriber's queue, '{queue[..^suffix.Length]}'"
                        + (suffix == ErrorQueueNames.Dead ? ", and give --dead." : ".")
                );
        }

        return new ErrorQueueNames(queue, parsed.GetValue(_dead) ? ErrorQueueNames.Dead : ErrorQueueNames.Failed);
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

    /// <summary>An instant in a table.</summary>
    public static string Time(DateTimeOffset? instant) => instant is { } given ? EventLines.Time(given) : "";
}
