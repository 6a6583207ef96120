namespace RuangKerja.Events.Api;

/// <summary>The Ruangkerja HTTP API as one company sees it; safe for concurrent use.</summary>
public interface IRuangKerjaApi
{
    /// <summary>How many rows a page is asked to hold: the most the API gives.</summary>
    const int PageSize = 100;

    /// <summary>Reads the feed: the course statuses that were updated within the window, in no order, possibly twice.</summary>
    /// <param name="window">The span of <c>updatedAt</c>, both ends inclusive.</param>
    /// <param name="cancellationToken">Ends the request with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Every item of the answer, the malformed ones included.</returns>
    /// <exception cref="RuangKerjaApiException">No complete answer was received, or it was a failure.</exception>
    Task<FeedAnswer> ReadFeedAsync(FeedWindow window, CancellationToken cancellationToken);

    /// <summary>Reads one page of the catalogue; one past the last is empty.</summary>
    /// <param name="page">The page, from 1.</param>
    /// <param name="cancellationToken">Ends the request with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Every item of the page, the malformed ones included.</returns>
    /// <exception cref="RuangKerjaApiException">No complete answer was received, or it was a failure.</exception>
    Task<CataloguePage> ReadCataloguePageAsync(int page, CancellationToken cancellationToken);

    /// <summary>Reads one page of a course's online roster; one past the last is empty.</summary>
    /// <param name="courseSerial">The course's serial in the catalogue, as it is there.</param>
    /// <param name="page">The page, from 1.</param>
    /// <param name="cancellationToken">Ends the request with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Every item of the page, the malformed ones included.</returns>
    /// <exception cref="RuangKerjaApiException">
    /// No complete answer was received, or it was a failure: <see cref="RuangKerjaApiException.IsRefusal"/> when the course
    /// may well have no online roster.
    /// </exception>
    Task<RosterPage> ReadRosterPageAsync(string courseSerial, int page, CancellationToken cancellationToken);
}
