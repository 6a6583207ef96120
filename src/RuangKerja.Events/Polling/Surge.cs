using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Polling;

/// <summary>
/// How much news one cycle brings: a window of the feed, or a sweep. Beyond the limit its events are held for an operator,
/// from the chunk on that crosses it.
/// </summary>
/// <remarks>Not for concurrent use within one chunk; several chunks may be counted at once.</remarks>
public sealed class Surge(Company company, IEventStore store, int? limit)
{
    private long _news;
    private volatile string? _reason;
    private long? _most;

    /// <summary>Whether so much may come that it has to be counted before the first of it is stored.</summary>
    public bool MayCome(int rows) => rows > (limit ?? SurgeGuard.SmallestLimit);

    /// <summary>Why the events of a chunk are held; null when they are not.</summary>
    /// <param name="news">How many the chunk, or all that is to come, would publish.</param>
    /// <exception cref="StorageException">The database did not do its part.</exception>
    public async Task<string?> JudgeAsync(int news, CancellationToken cancellationToken)
    {
        var total = Interlocked.Read(ref _news) + news;
        if (_reason is null && total > (limit ?? SurgeGuard.SmallestLimit))
        {
            // Counted once for a cycle: it reads all streams, and hardly moves meanwhile.
            _most ??= SurgeGuard.Limit(limit, await store.CountAssignmentsAsync(company, cancellationToken));
            if (total > _most)
                _reason = $"More than {_most} changes at once (Relay:SurgeLimit).";
        }

        return _reason;
    }

    /// <summary>So much is stored.</summary>
    public void Stored(int news) => Interlocked.Add(ref _news, news);
}
