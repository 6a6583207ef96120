namespace RuangKerja.Events.Courses;

/// <summary>The kinds' own words, as the store and the messages spell them.</summary>
public static class ChangeKindWords
{
    /// <summary>The seven words, for messages to people.</summary>
    public const string All = "assigned, started, completed, failed, expired, reopened, reset";

    /// <summary>Reads a word; false when it is none of the seven.</summary>
    public static bool TryParse(string? word, out ChangeKind kind)
    {
        (var known, kind) = word switch
        {
            "assigned" => (true, ChangeKind.Assigned),
            "started" => (true, ChangeKind.Started),
            "completed" => (true, ChangeKind.Completed),
            "failed" => (true, ChangeKind.Failed),
            "expired" => (true, ChangeKind.Expired),
            "reopened" => (true, ChangeKind.Reopened),
            "reset" => (true, ChangeKind.Reset),
            _ => (false, ChangeKind.Assigned),
        };
        return known;
    }
}
