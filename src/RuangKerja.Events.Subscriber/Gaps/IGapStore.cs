using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Subscriber.Gaps;

/// <summary>The open gaps of one subscriber, for all its instances.</summary>
/// <remarks>Every method throws <see cref="InboxException"/> when the database does not do its part.</remarks>
internal interface IGapStore
{
    /// <summary>
    /// Takes what is due, of one company, and keeps that it is asked for: nobody else gets it before its next time. None when
    /// nothing is due, or while a request for many of its company is under way.
    /// </summary>
    /// <param name="requestId">For a new request; one that was not answered keeps its own.</param>
    Task<IReadOnlyList<DueGap>> TakeDueAsync(Guid requestId, CancellationToken cancellationToken);

    /// <summary>By assignment, the last version of what has a sequence in the span from <paramref name="first"/> on; some of them.</summary>
    Task<IReadOnlyDictionary<string, long>> ReadHeldAsync(
        string company,
        long first,
        int most,
        CancellationToken cancellationToken
    );

    /// <summary>What was asked for is being sent again. Nothing, when it has ended already.</summary>
    Task NoteStartedAsync(Guid requestId, Guid replayId, CancellationToken cancellationToken);

    /// <summary>What was asked for has been sent again, or is not going to be: what is still open is asked for again.</summary>
    /// <param name="isWhole">Whether all of it was sent: what it has not brought does not exist.</param>
    Task NoteEndedAsync(Guid requestId, bool isWhole, CancellationToken cancellationToken);

    /// <summary>How many gaps are open.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);
}
