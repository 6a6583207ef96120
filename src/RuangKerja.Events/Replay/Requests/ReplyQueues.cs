using System.Text.RegularExpressions;

namespace RuangKerja.Events.Replay.Requests;

/// <summary>
/// Which queues answers may go to. Whoever may ask could else have texts of his put into any team's queue, in our name. Pure.
/// </summary>
internal sealed class ReplyQueues(ReplayOptions options)
{
    // Names that only the broker makes: of a queue declared without one, and of its own direct reply-to.
    private static readonly QueuePatterns Temporary = new(["amq.gen-*", "amq.rabbitmq.reply-to.*"]);

    // The queue of a bus, to which its request clients want their answers: machine, program, and an id of MassTransit's.
    private static readonly Regex BusEndpoint = new(
        @"\A[A-Za-z0-9]*_[A-Za-z0-9]*_bus_[a-z0-9]{26}\z",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
    );

    private readonly QueuePatterns _allowed = new(options.AllowedQueues);

    /// <summary>Whether an answer may: those that may be replayed to, and temporary ones, which only who made them reads.</summary>
    public bool AllowAnswer(string queue) => AllowReplay(queue) || Temporary.Match(queue) || BusEndpoint.IsMatch(queue);

    /// <summary>Whether a replay may, and so the answers to it.</summary>
    public bool AllowReplay(string queue) => _allowed.Match(queue) && !QueuePatterns.IsReserved(queue);
}
