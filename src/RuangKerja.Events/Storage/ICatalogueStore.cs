using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage;

/// <summary>A catalogue and when it was read from the API.</summary>
public sealed record StoredCatalogue(Catalogue Catalogue, DateTimeOffset ReadAt);

/// <summary>The catalogue of each company, shared by all instances.</summary>
/// <remarks>Every method throws <see cref="StorageException"/> when the database does not do its part.</remarks>
public interface ICatalogueStore
{
    /// <summary>The catalogue as it was read last; null when it never was, or held no course.</summary>
    Task<StoredCatalogue?> ReadAsync(Company company, CancellationToken cancellationToken);

    /// <summary>Takes the place of what was there.</summary>
    Task ReplaceAsync(Company company, Catalogue catalogue, DateTimeOffset readAt, CancellationToken cancellationToken);
}
