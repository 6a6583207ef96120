using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage.Leases;

/// <summary>Who has which lease, for all instances.</summary>
/// <remarks>Every method throws <see cref="StorageException"/> when the database does not do its part.</remarks>
public interface ILeaseStore
{
    /// <summary>Takes a lease that is free or over, or prolongs one's own.</summary>
    /// <param name="holder">Tells the instances apart.</param>
    /// <param name="period">For how long.</param>
    /// <returns>Its term, one more with each new holder; null when another has it.</returns>
    /// <exception cref="StorageException">
    /// The schema is of another version, among other causes: one's own is not prolonged then, and is over with its period.
    /// </exception>
    Task<long?> TakeAsync(
        Company company,
        LeaseRole role,
        string holder,
        TimeSpan period,
        CancellationToken cancellationToken
    );

    /// <summary>Gives one's own lease back, for another to take at once.</summary>
    Task GiveBackAsync(Company company, LeaseRole role, string holder, CancellationToken cancellationToken);
}
