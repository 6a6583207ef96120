using Microsoft.Extensions.Logging;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Polling.Rosters;

/// <summary>
/// What is known of a company's catalogue: read from the API with every sweep, and in between when the feed names a course
/// that is not in it; kept in the database for all instances.
/// </summary>
public sealed partial class CompanyCatalogue(
    Company company,
    IRuangKerjaApi api,
    ICatalogueStore store,
    TimeProvider time,
    ILogger<CompanyCatalogue> logger
)
{
    /// <summary>How long what another instance has read may go unnoticed.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    /// <summary>A name that stays unknown must not mean a request with every poll.</summary>
    private static readonly TimeSpan RenewedAtMost = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private Catalogue? _catalogue;
    private DateTimeOffset _loadedAt;
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;
    private DateTimeOffset _renewalTriedAt = DateTimeOffset.MinValue;

    /// <summary>The catalogue as it is known now; empty when it was never read.</summary>
    /// <exception cref="StorageException">The database did not do its part.</exception>
    public async Task<Catalogue> CurrentAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (_catalogue is { } kept && now - _loadedAt < Kept)
                return kept;
        }

        var stored = await store.ReadAsync(company, cancellationToken);
        return Keep(stored?.Catalogue ?? Catalogue.Empty, now, stored?.ReadAt ?? DateTimeOffset.MinValue);
    }

    /// <summary>
    /// Reads the catalogue anew for a course that is not in it: from the API, or, when that was tried a little while ago, what
    /// another instance has read since. Null when there is none newer: the course stays unlinked, and polling goes on.
    /// </summary>
    /// <exception cref="StorageException">The database did not do its part.</exception>
    public async Task<Catalogue?> RenewForUnknownAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        bool mayAsk;
        lock (_gate)
        {
            mayAsk = now - _renewalTriedAt >= RenewedAtMost;
            if (mayAsk)
                _renewalTriedAt = now;
        }

        // A roster of the course may be stored already: without its serial the row would be of another assignment.
        if (!mayAsk)
            return await NewerAsync(now, cancellationToken);

        try
        {
            await RenewAsync(cancellationToken);
            return await CurrentAsync(cancellationToken);
        }
        catch (RuangKerjaApiException failure)
        {
            Log.NotRenewed(logger, company, failure.Message);
            return await NewerAsync(now, cancellationToken);
        }
    }

    /// <summary>
    /// Reads the catalogue from the API and stores it. An empty one is no reason to forget what the courses' names lead to:
    /// it is returned, and not kept.
    /// </summary>
    /// <param name="pageRead">Called after each page.</param>
    /// <exception cref="RuangKerjaApiException">It could not be read: what was known stays.</exception>
    /// <exception cref="StorageException">The database did not do its part.</exception>
    public async Task<Catalogue> RenewAsync(CancellationToken cancellationToken, Action? pageRead = null)
    {
        var read = await CatalogueReader.ReadAsync(api, cancellationToken, pageRead);
        var now = time.GetUtcNow();
        lock (_gate)
            _renewalTriedAt = now;
        if (read.Catalogue.Courses.Count == 0)
        {
            Log.Empty(logger, company);
            return read.Catalogue;
        }

        await store.ReplaceAsync(company, read.Catalogue, now, cancellationToken);

        Log.Renewed(logger, company, read.Catalogue.Courses.Count);
        if (read.Refused > 0)
            Log.Refused(logger, company, read.Refused);
        if (read.Drifted)
            Log.Drifted(logger, company);
        if (read.Catalogue.AmbiguousNames is { Count: > 0 } names)
            Log.Ambiguous(logger, company, names.Count, string.Join("', '", names.Take(5)));
        return Keep(read.Catalogue, now, readAt: now);
    }

    private async Task<Catalogue?> NewerAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(company, cancellationToken) is not { } stored)
            return null;
        lock (_gate)
        {
            if (stored.ReadAt <= _readAt)
                return null;
        }

        return Keep(stored.Catalogue, now, stored.ReadAt);
    }

    private Catalogue Keep(Catalogue catalogue, DateTimeOffset now, DateTimeOffset readAt)
    {
        lock (_gate)
        {
            _loadedAt = now;
            _readAt = readAt;
            return _catalogue = catalogue;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 226,
            Level = LogLevel.Warning,
            Message = "{Company}: the catalogue is empty; what was known of it before stays. Check that the API's user may see the courses."
        )]
        public static partial void Empty(ILogger logger, Company company);

        [LoggerMessage(
            EventId = 221,
            Level = LogLevel.Information,
            Message = "{Company}: the catalogue has {Courses} courses"
        )]
        public static partial void Renewed(ILogger logger, Company company, int courses);

        [LoggerMessage(
            EventId = 222,
            Level = LogLevel.Warning,
            Message = "{Company}: the catalogue could not be read for a course the feed names. {Reason}"
        )]
        public static partial void NotRenewed(ILogger logger, Company company, string reason);

        [LoggerMessage(
            EventId = 223,
            Level = LogLevel.Warning,
            Message = "{Company}: {Refused} courses of the catalogue have no usable serial or name; their rosters are not swept"
        )]
        public static partial void Refused(ILogger logger, Company company, int refused);

        [LoggerMessage(
            EventId = 224,
            Level = LogLevel.Warning,
            Message = "{Company}: the catalogue moved each time it was read; a course may be missing until the next time"
        )]
        public static partial void Drifted(ILogger logger, Company company);

        [LoggerMessage(
            EventId = 225,
            Level = LogLevel.Warning,
            Message = "{Company}: {Count} names belong to more than one course ('{Names}'): the feed's rows of these are not tied to their rosters, "
                + "and one change may be told twice. Give each course a name of its own."
        )]
        public static partial void Ambiguous(ILogger logger, Company company, int count, string names);
    }
}
