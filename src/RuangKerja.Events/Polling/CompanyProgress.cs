using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Polling;

/// <summary>How whatever reads a company's feed comes to its progress.</summary>
internal static class CompanyProgress
{
    /// <summary>Reads a company's progress; begins it when this is the first time the company is read.</summary>
    /// <exception cref="StorageException">The database did not do its part.</exception>
    public static async Task<FeedProgress> ReadOrStartProgressAsync(
        this IEventStore store,
        Company company,
        FeedPollingOptions options,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await store.ReadProgressAsync(company, cancellationToken)
        ?? await store.StartProgressAsync(
            company,
            FeedSchedule.StartFrom(now, options),
            // The API tells whole seconds: what happens in this one is news.
            FeedSchedule.WholeSecond(now),
            cancellationToken
        );
}
