using System.Text.RegularExpressions;

namespace RuangKerja.Events.Errors;

/// <summary>Words for what went wrong that are the same for all messages it went wrong for. Pure.</summary>
internal static partial class FaultText
{
    private const int Longest = 120;

    /// <summary>
    /// The head of an exception's message: its first line, with <c>&lt;id&gt;</c> for a uuid and <c>#</c> for a number, which tell
    /// messages apart and not faults; at most 120 characters.
    /// </summary>
    public static string Head(string? message)
    {
        var line = (message ?? "").Trim().Split('\n', '\r')[0];
        var plain = Space().Replace(Number().Replace(Uuid().Replace(line, "<id>"), "#"), " ").Trim();
        return plain.Length <= Longest ? plain : plain[..(Longest - 1)] + "…";
    }

    [GeneratedRegex("[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}", RegexOptions.NonBacktracking)]
    private static partial Regex Uuid();

    [GeneratedRegex(@"[0-9]+(?:[.,:][0-9]+)*", RegexOptions.NonBacktracking)]
    private static partial Regex Number();

    // Control characters too: what others wrote is printed on a terminal.
    [GeneratedRegex(@"[\s\p{C}]+", RegexOptions.NonBacktracking)]
    private static partial Regex Space();
}
