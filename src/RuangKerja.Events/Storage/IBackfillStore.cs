using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage;

/// <summary>A span of the past that is read again.</summary>
public sealed record BackfillRange(DateTimeOffset From, DateTimeOffset To);

/// <summary>How far backfills are.</summary>
/// <remarks>Every method throws <see cref="StorageException"/> when the database does not do its part.</remarks>
public interface IBackfillStore
{
    /// <summary>Begins a backfill, or finds the one of the same range that was begun before.</summary>
    /// <param name="restart">Whether to begin again at its start.</param>
    /// <returns>Up to where it is read: its start, its end when it is done, or between.</returns>
    Task<DateTimeOffset> StartAsync(
        Company company,
        BackfillRange range,
        bool restart,
        CancellationToken cancellationToken
    );
}
