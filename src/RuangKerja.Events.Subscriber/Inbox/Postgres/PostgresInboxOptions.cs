using RuangKerja.Events.Subscriber.Gaps;

namespace RuangKerja.Events.Subscriber.Inbox.Postgres;

/// <summary>How the inbox in the subscriber's own PostgreSQL is kept. Every default is meant for production.</summary>
public sealed class PostgresInboxOptions
{
    // As PostgreSQL cuts names off.
    private const int LongestIdentifier = 63;

    /// <summary>
    /// The schema of its two tables: a lower-case identifier. Several subscribers may share it: their rows are told apart by
    /// queue. Default: <c>subscriber</c>.
    /// </summary>
    public string Schema { get; set; } = "subscriber";

    /// <summary>
    /// Whether schema and tables are made when they are not there. Where the program's user may not, set it to false and run
    /// <see cref="PostgresInboxTables.Script"/> once. Default: true.
    /// </summary>
    public bool CreateTables { get; set; } = true;

    /// <summary>
    /// Whether each message has a transaction of its own, in which the consumer may write its effect
    /// (<see cref="InboxTransaction"/>), and in which no other process can handle the same assignment. When false, the
    /// consumer gets none, and no connection is held while it works; what several messages read or mark at the same time shares
    /// a statement, and an effect may come twice after a crash between it and its mark. Default: true.
    /// </summary>
    public bool TransactionPerMessage { get; set; } = true;

    /// <summary>How long an event is remembered as handled; a day at least. Default: 30 days.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Longest one statement of the inbox may take, waiting for another process that handles the same assignment included;
    /// 1 s to 10 min. Default: 30 s.
    /// </summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>When what is missing is asked for.</summary>
    internal GapSchedule Schedule { get; set; } = new();

    /// <summary>The command timeout as the driver takes it, never rounded down to its 0 for none.</summary>
    internal int CommandTimeoutSeconds => (int)Math.Ceiling(CommandTimeout.TotalSeconds);

    /// <summary>What is wrong with them, as sentences.</summary>
    internal IEnumerable<string> Faults()
    {
        if (!IsIdentifier(Schema))
            yield return $"The inbox's Schema is '{Schema}'; a lower-case letter, then up to 62 lower-case letters, digits and _ are allowed.";
        if (Retention < TimeSpan.FromDays(1) || Retention > TimeSpan.FromDays(3_650))
            yield return $"The inbox's Retention is {Retention}; 1 to 3,650 days are allowed.";
        if (CommandTimeout < TimeSpan.FromSeconds(1) || CommandTimeout > TimeSpan.FromMinutes(10))
            yield return $"The inbox's CommandTimeout is {CommandTimeout}; 1 s to 10 min are allowed.";
    }

    private static bool IsIdentifier(string name) =>
        name.Length is > 0 and <= LongestIdentifier
        && char.IsAsciiLetterLower(name[0])
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_');
}
