using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage.Leases;

/// <summary>What one instance at a time may do for a company.</summary>
public enum LeaseRole
{
    /// <summary>Read its feed.</summary>
    Feed,

    /// <summary>Relay its outbox.</summary>
    Relay,
}

/// <summary>What is known of a lease.</summary>
/// <param name="ToldAt">When the database last said who has it; null when it never did.</param>
/// <param name="ToldAgo">How long ago that is, by a clock nobody sets.</param>
/// <param name="IsHeld">Whether this instance may do its part.</param>
/// <param name="IsElsewhere">Whether another instance may, as the database said last.</param>
/// <param name="Trouble">Why the database does not tell; null when it did the last time it was asked.</param>
public sealed record LeaseStanding(
    DateTimeOffset? ToldAt,
    TimeSpan? ToldAgo,
    bool IsHeld,
    bool IsElsewhere,
    StorageException? Trouble
);

/// <summary>
/// Whether this instance may do its part now. <see cref="LeaseKeeper"/> renews it; without a renewal it is over by itself,
/// by our own clock and a little before the database gives it to another.
/// </summary>
public sealed class Lease(Company company, LeaseRole role, TimeProvider time)
{
    /// <summary>How long a renewal holds: an instance that is gone is stood in for after at most twice this.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    /// <summary>Clocks of two machines do not run equally fast.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private long? _renewedAt;
    private (DateTimeOffset At, long Timestamp)? _told;
    private bool _isElsewhere;
    private StorageException? _trouble;

    /// <summary>Whose part.</summary>
    public Company Company => company;

    /// <summary>Which part.</summary>
    public LeaseRole Role => role;

    /// <summary>Whether this instance may.</summary>
    public bool IsHeld
    {
        get
        {
            lock (_gate)
                return _renewedAt is { } at && time.GetElapsedTime(at) < Period - Margin;
        }
    }

    /// <summary>Whether another instance may, as the database said last.</summary>
    public bool IsElsewhere
    {
        get
        {
            lock (_gate)
                return _isElsewhere;
        }
    }

    /// <summary>All that is known of it.</summary>
    public LeaseStanding Standing
    {
        get
        {
            var held = IsHeld;
            lock (_gate)
            {
                TimeSpan? ago = _told is { } told ? time.GetElapsedTime(told.Timestamp) : null;
                return new LeaseStanding(_told?.At, ago, held, _isElsewhere, _trouble);
            }
        }
    }

    private (DateTimeOffset At, long Timestamp) Now => (time.GetUtcNow(), time.GetTimestamp());

    /// <summary>Whether this instance may; what keeps that from being known is thrown.</summary>
    /// <exception cref="StorageException">The database does not tell who has the lease.</exception>
    public bool Check()
    {
        if (IsHeld)
            return true;

        lock (_gate)
            return _trouble is { } trouble ? throw trouble : false;
    }

    /// <summary>The database has given it, or prolonged it.</summary>
    /// <param name="asked">The timestamp from before it was asked for.</param>
    internal void Renewed(long asked)
    {
        lock (_gate)
            (_renewedAt, _isElsewhere, _trouble, _told) = (asked, false, null, Now);
    }

    /// <summary>Another instance has it.</summary>
    internal void Refused()
    {
        lock (_gate)
            (_renewedAt, _isElsewhere, _trouble, _told) = (null, true, null, Now);
    }

    /// <summary>The database did not tell: it is held until it is over.</summary>
    internal void Unknown(StorageException trouble)
    {
        lock (_gate)
            (_isElsewhere, _trouble) = (false, trouble);
    }
}
