using System.Text.RegularExpressions;

namespace RuangKerja.Events.Replay;

/// <summary>What replays may do. Section <c>Replay</c>.</summary>
public sealed record ReplayOptions
{
    /// <summary>
    /// The queues that may be named, as patterns in which <c>*</c> stands for any letters, separated by semicolons in the
    /// setting. Default none: nothing can be replayed until queues are named.
    /// </summary>
    public IReadOnlyList<string> AllowedQueues { get; init; } = [];

    /// <summary>Messages a second that one replay may send at most, 1 … 100,000. Default 10,000.</summary>
    public int MaxRate { get; init; } = 10_000;

    /// <summary>Replays that one instance runs at once, 0 … 16; with 0 it runs none. Default 2.</summary>
    public int Parallelism { get; init; } = 2;

    /// <summary>Whether a queue may be replayed to; letter case counts, as it does on the broker.</summary>
    public bool Allows(string queue) =>
        AllowedQueues.Any(pattern =>
            Regex.IsMatch(
                queue,
                $@"\A{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}\z",
                RegexOptions.Singleline | RegexOptions.NonBacktracking
            )
        );
}
