namespace RuangKerja.Events.Tests.Model;

/// <summary>Everything there is at one moment. Changes of an assignment are numbered 1, 2, 3 …; 0 is none.</summary>
/// <param name="Truth">How many changes of each assignment have happened upstream.</param>
/// <param name="Writers">The feed poller of each instance, then the backfill of the first one where there is one.</param>
/// <param name="Relays">What the relay of each instance has in its hands: the rows of its pass, none between passes.</param>
/// <param name="Faults">How many more crashes, and leases that run out, may come.</param>
internal sealed record World(
    Values<int> Truth,
    Database Database,
    Broker Broker,
    Values<Writer> Writers,
    Values<Values<Publish>> Relays,
    int Faults
);

/// <summary>What survives every crash but the broker's.</summary>
/// <param name="Watermark">Up to which change of each assignment the feed is proven read: an instant, told by what had happened.</param>
/// <param name="Backfilled">Whether the backfill's position has reached its end.</param>
/// <param name="Outbox">By sequence number, rows that are not yet visible included.</param>
/// <param name="Orphans">Commits under way whose sender is not there any more.</param>
/// <param name="FeedHolder">Which instance has the lease to poll the feed.</param>
/// <param name="RelayHolder">Which instance has the lease to relay.</param>
internal sealed record Database(
    Values<Stream> Streams,
    Values<int> Watermark,
    bool Backfilled,
    Values<OutboxRow> Outbox,
    Values<Commit> Orphans,
    int FeedHolder,
    int RelayHolder
);

/// <summary>The events of an assignment, and its snapshot.</summary>
/// <param name="Events">Which change each version tells of. Assignment and version are an event's identity.</param>
/// <param name="Seen">The last change that the snapshot knows of.</param>
internal sealed record Stream(Values<int> Events, int Seen);

/// <param name="Visible">False while the transaction that inserts it is open.</param>
/// <param name="Passed">Only where the outbox is read by the highest sequence: that position is past it.</param>
internal readonly record struct OutboxRow(int Assignment, int Version, bool Visible, bool Passed);

/// <summary>A transaction on its way to the database, as <c>CommitBatch</c> makes it.</summary>
/// <param name="From">Where the progress must stand.</param>
/// <param name="To">Where it goes: nowhere with all chunks of an answer but the last.</param>
/// <param name="IsOpen">Its statements have run and hold their locks; the COMMIT has not come yet.</param>
internal sealed record Commit(bool IsBackfill, Values<int> From, Values<int> To, Values<Write> Writes, bool IsOpen);

/// <summary>What is written of an assignment.</summary>
/// <param name="Before">The version it was detected against.</param>
/// <param name="HasEvent">False when only the snapshot is refreshed.</param>
/// <param name="Change">The change that the row showed.</param>
internal readonly record struct Write(int Assignment, int Before, bool HasEvent, int Change);

/// <summary>How far a writer is with a window.</summary>
internal enum Phase
{
    Idle,
    Planned,
    Fetched,
    Sent,
    Committed,
    Lost,
}

/// <summary>What a writer has in its hands: gone with a crash.</summary>
/// <param name="From">The progress as it was read.</param>
/// <param name="To">The end of the window.</param>
/// <param name="Rows">Which change the API showed of each assignment, as far as not stored.</param>
/// <param name="Commit">What was sent.</param>
internal sealed record Writer(Phase Phase, Values<int> From, Values<int> To, Values<int> Rows, Commit? Commit)
{
    public static readonly Writer Idle = new(Phase.Idle, [], [], [], Commit: null);
}

/// <summary>How far a row is that the relay has read. One that it does not go on with is none of its rows any more.</summary>
internal enum Delivery
{
    Waiting,
    UnderWay,
    Confirmed,
}

/// <summary>A row in the hands of a relay.</summary>
internal readonly record struct Publish(int Assignment, int Version, Delivery Delivery);

/// <summary>A message: its identity is the event's.</summary>
internal readonly record struct Message(int Assignment, int Version);

/// <summary>The broker and the way to it. What it has once taken it takes again: the first time is what counts.</summary>
/// <param name="Taken">The versions of each assignment in the order in which they first came.</param>
/// <param name="Strays">Sent, not taken, and nobody waits for the confirm any more: each may arrive at any time, or never.</param>
internal sealed record Broker(Values<Values<int>> Taken, Values<Message> Strays)
{
    public bool Has(int assignment, int version) => Taken[assignment].Contains(version);
}
