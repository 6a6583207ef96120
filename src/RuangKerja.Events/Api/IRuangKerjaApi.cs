namespace RuangKerja.Events.Api;

/// <summary>The Ruangkerja HTTP API as one company sees it.</summary>
public interface IRuangKerjaApi
{
    /// <summary>When the latest answer was given, by the API's own clock (the Date header); null when it did not tell.</summary>
    DateTimeOffset? AnsweredAt { get; }

    /// <summary>Reads the feed: the course statuses that were updated within the window, in no order, possibly twice.</summary>
    /// <param name="window">The span of <c>updatedAt</c>, both ends inclusive.</param>
    /// <param name="cancellationToken">Ends the request with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Every item of the answer, the malformed ones included.</returns>
    /// <exception cref="RuangKerjaApiException">No complete answer was received, or it was a failure.</exception>
    Task<IReadOnlyList<FeedRow>> ReadFeedAsync(FeedWindow window, CancellationToken cancellationToken);
}
