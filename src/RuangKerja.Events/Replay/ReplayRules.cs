using System.Text;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Replay;

/// <summary>What may be asked for. Pure: whether the queue exists is not known here.</summary>
/// <param name="companies">Those of the configuration.</param>
internal sealed partial class ReplayRules(ReplayOptions options, IReadOnlyList<Company> companies)
{
    // As AMQP limits names of queues, in bytes.
    private const int LongestQueue = 255;

    // As it is kept: a queue's name and a correlation id, escaped.
    private const int LongestReply = 2_048;

    // As names, employees and serials are limited when they are read from the API.
    private const int LongestText = 512;

    private readonly QueuePatterns _allowed = new(options.AllowedQueues);

    /// <summary>Everything that is wrong with the request; none when it may be done.</summary>
    public IReadOnlyList<ReplayFault> Check(ReplayRequest request) =>
        [
            .. Destination(request.Destination).Take(1),
            .. Rate(request.Rate),
            .. Text("requestedBy", request.RequestedBy, LongestText),
            .. Text("replyTo", request.ReplyTo?.OriginalString, LongestReply),
            .. Filter(request.Filter),
        ];

    /// <summary>Why nothing may be sent to the queue now; null when something may.</summary>
    public string? WhyNot(string queue) => Destination(queue).FirstOrDefault()?.Message;

    /// <summary>The first that it finds is enough: the others follow from it.</summary>
    private IEnumerable<ReplayFault> Destination(string queue)
    {
        const string member = "destination";
        if (string.IsNullOrWhiteSpace(queue))
            yield return new(member, "The name of a queue is required.");
        foreach (var fault in Text(member, queue, LongestQueue))
            yield return fault;
        if (Encoding.UTF8.GetByteCount(queue) > LongestQueue)
            yield return new(
                member,
                $"It has {Encoding.UTF8.GetByteCount(queue)} bytes in UTF-8; a queue's name has {LongestQueue} at most."
            );
        if (QueuePatterns.IsReserved(queue))
            yield return new(
                member,
                $"Queue '{queue}' is none to replay to: ruangkerja-*, amq.*, *_error and *_skipped never are."
            );
        if (options.AllowedQueues.Count == 0)
            yield return new(
                member,
                "No queue may be replayed to until the setting Replay:AllowedQueues names some; it is empty."
            );
        if (!_allowed.Match(queue))
            yield return new(
                member,
                $"Queue '{queue}' is not allowed; the setting Replay:AllowedQueues allows {string.Join("; ", options.AllowedQueues)}."
            );
    }

    private IEnumerable<ReplayFault> Rate(int? rate)
    {
        if (rate is { } given && (given < 1 || given > options.MaxRate))
            yield return new("rate", $"{given} messages a second are not allowed: 1 to {options.MaxRate} are.");
    }

    /// <summary>What the database cannot keep, nobody can mean.</summary>
    private static IEnumerable<ReplayFault> Text(string member, string? text, int longest)
    {
        if (text is null)
            yield break;
        if (text.Length == 0)
            yield return new(member, "It is empty; leave it out when it does not matter.");
        if (text.Length > longest)
            yield return new(member, $"It has {text.Length} characters; at most {longest} are allowed.");
        if (text.Any(char.IsControl))
            yield return new(member, "It has control characters in it.");
        if (!IsWhole(text))
            yield return new(member, "It has half of a character pair in it.");
    }

    private static bool IsWhole(string text) =>
        text.EnumerateRunes().Count(rune => rune == Rune.ReplacementChar) == text.Count(c => c == '\uFFFD');
}
