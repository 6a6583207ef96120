using System.Collections.Concurrent;
using System.Reflection;

namespace RuangKerja.Events.Subscriber.Inbox.Postgres;

/// <summary>The statements, one file each in <c>Sql/</c>, by file name, with the schema put in.</summary>
internal sealed class InboxSql(string schema)
{
    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);

    public string TablesExist => Statement("tables_exist");
    public string LockAssignment => Statement("lock_assignment");
    public string ReadKnown => Statement("read_known");
    public string MarkHandled => Statement("mark_handled");
    public string OpenGap => Statement("open_gap");
    public string TrimInbox => Statement("trim_inbox");
    public string TakeDueGaps => Statement("take_due_gaps");
    public string ReadHeld => Statement("read_held");
    public string NoteReplayStarted => Statement("note_replay_started");
    public string NoteReplayEnded => Statement("note_replay_ended");
    public string CountGaps => Statement("count_gaps");

    /// <summary>What makes the tables.</summary>
    public string Tables => Read("Schema", "001_inbox");

    private string Statement(string name) => _texts.GetOrAdd(name, n => Read("Sql", n));

    private string Read(string folder, string name)
    {
        var resource = $"RuangKerja.Events.Subscriber.Inbox.Postgres.{folder}.{name}.sql";
        using var stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly lacks its SQL text '{resource}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("{schema}", schema, StringComparison.Ordinal);
    }
}
