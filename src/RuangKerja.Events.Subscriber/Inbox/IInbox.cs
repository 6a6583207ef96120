namespace RuangKerja.Events.Subscriber.Inbox;

/// <summary>
/// What a subscriber has handled: of each event whether it was, and of each assignment the highest version. So a message that
/// comes twice has its effect once, and one that is missing is noticed.
/// </summary>
/// <remarks>
/// Deliveries of one assignment are opened one after another within a process; different processes may race, and the inbox lets
/// one of them win.
/// </remarks>
public interface IInbox
{
    /// <summary>Judges a delivery, and begins what is to be committed with its effect when the verdict is to handle it.</summary>
    /// <exception cref="InboxException">The inbox cannot be used now; the message is tried again.</exception>
    Task<IInboxEntry> OpenAsync(Delivery delivery, CancellationToken cancellationToken);

    /// <summary>
    /// Notes that a delivery was given up after its last attempt, and lies in the error queue: later versions of its assignment
    /// are not held up by it, and it is handled when it comes again from there, though it is older than the last one then.
    /// </summary>
    /// <exception cref="InboxException">The inbox cannot be used now.</exception>
    Task NoteGivenUpAsync(Delivery delivery, string reason, CancellationToken cancellationToken);
}

/// <summary>One delivery that was judged. Disposed without a commit, nothing of it was.</summary>
public interface IInboxEntry : IAsyncDisposable
{
    /// <summary>What is to be done with it.</summary>
    Verdict Verdict { get; }

    /// <summary>Where the consumer's effect can be written so that it and the mark are one transaction; null without a database.</summary>
    InboxTransaction? Transaction { get; }

    /// <summary>Commits the mark, and with it what the consumer wrote in the transaction.</summary>
    /// <exception cref="InboxException">
    /// It is not known to be committed: the message is tried again, and the inbox tells then whether it was.
    /// </exception>
    /// <exception cref="InboxRefusedException">It is not committed, for what the consumer wrote: that is a failed attempt.</exception>
    Task CommitAsync(CancellationToken cancellationToken);
}
