using System.Text.RegularExpressions;

namespace RuangKerja.Events.Replay;

/// <summary>Which queues a setting names: whole names, letter case counts, <c>*</c> stands for any letters. Pure.</summary>
internal sealed class QueuePatterns(IReadOnlyList<string> patterns)
{
    // Every queue of ours, and of the broker's; and MassTransit's for what a consumer could not take.
    private static readonly QueuePatterns Reserved = new(["ruangkerja-*", "amq.*", "*_error", "*_skipped"]);

    // Linear in the name's length, whatever the pattern.
    private readonly Regex[] _patterns =
    [
        .. patterns.Select(pattern => new Regex(
            $@"\A{Regex.Escape(pattern).Replace(@"\*", ".*")}\z",
            RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant
        )),
    ];

    /// <summary>Whether one of them names the queue.</summary>
    public bool Match(string queue) => _patterns.Any(pattern => pattern.IsMatch(queue));

    /// <summary>Whether it is a queue that no setting can allow.</summary>
    public static bool IsReserved(string queue) => Reserved.Match(queue);
}
