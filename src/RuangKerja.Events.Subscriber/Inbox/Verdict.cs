namespace RuangKerja.Events.Subscriber.Inbox;

/// <summary>What is to be done with a received message.</summary>
public enum Verdict
{
    /// <summary>It is new: the consumer handles it.</summary>
    Handle,

    /// <summary>It was handled before: it is dropped.</summary>
    Duplicate,

    /// <summary>A later version of its assignment was handled before: it is dropped.</summary>
    Outdated,

    /// <summary>
    /// Versions before it are missing. It is dropped for now, since the replay that is asked for brings the missing ones and it
    /// again, in order; that a gap is open is kept until then.
    /// </summary>
    BehindGap,
}
