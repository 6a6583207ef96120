namespace RuangKerja.Events.Errors;

/// <summary>Messages that failed with the same exception.</summary>
/// <param name="Exception">Its type; empty when the messages tell none.</param>
/// <param name="Message">The head of its message, without what differs from message to message.</param>
/// <param name="Count">How many messages.</param>
/// <param name="FirstFault">When the first of them failed, by the subscriber's clock.</param>
/// <param name="LastFault">When the last of them failed.</param>
/// <param name="MessageTypes">What they are.</param>
/// <param name="Companies">The companies they are of.</param>
public sealed record FaultGroup(
    string Exception,
    string Message,
    int Count,
    DateTimeOffset? FirstFault,
    DateTimeOffset? LastFault,
    IReadOnlyList<string> MessageTypes,
    IReadOnlyList<string> Companies
);

/// <summary>Gathers faulted messages by what they failed with; holds no message. Pure but for what it has gathered.</summary>
internal sealed class FaultGroups
{
    private readonly Dictionary<(string Exception, string Message), Gathered> _groups = [];

    /// <summary>Takes one more.</summary>
    public void Add(FaultedMessage message)
    {
        var key = (message.ExceptionType ?? "", FaultText.Head(message.ExceptionMessage));
        if (!_groups.TryGetValue(key, out var group))
            _groups.Add(key, group = new Gathered());
        group.Count++;
        if (message.FaultedAt is { } at)
        {
            group.First = group.First < at ? group.First : at;
            group.Last = group.Last > at ? group.Last : at;
        }

        if (message.MessageTypes is [var type, ..])
            group.Types.Add(type);
        if (message.Company is { } company)
            group.Companies.Add(company);
    }

    /// <summary>What there is so far, the largest group first.</summary>
    public IReadOnlyList<FaultGroup> ToList() =>
        [
            .. _groups
                .Select(group => new FaultGroup(
                    group.Key.Exception,
                    group.Key.Message,
                    group.Value.Count,
                    group.Value.First,
                    group.Value.Last,
                    [.. group.Value.Types],
                    [.. group.Value.Companies]
                ))
                .OrderByDescending(group => group.Count)
                .ThenBy(group => group.Exception, StringComparer.Ordinal)
                .ThenBy(group => group.Message, StringComparer.Ordinal),
        ];

    private sealed class Gathered
    {
        public int Count { get; set; }
        public DateTimeOffset? First { get; set; }
        public DateTimeOffset? Last { get; set; }
        public SortedSet<string> Types { get; } = new(StringComparer.Ordinal);
        public SortedSet<string> Companies { get; } = new(StringComparer.Ordinal);
    }
}
