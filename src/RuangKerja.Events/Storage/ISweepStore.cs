using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage;

/// <summary>A company's latest sweep.</summary>
/// <param name="FinishedAt">Null while it is under way.</param>
/// <param name="ProgressedAt">When anything of it was stored last.</param>
/// <param name="Pending">Courses still to be read.</param>
/// <param name="Swept">Courses whose roster is read.</param>
/// <param name="Refused">Courses for which the API has no online roster.</param>
/// <param name="Failed">Courses given up until the next sweep.</param>
/// <param name="Drifted">Swept courses whose list would not stand still: an entry may have been missed.</param>
/// <param name="Rows">Rows read.</param>
public sealed record Sweep(
    Guid Id,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    DateTimeOffset ProgressedAt,
    int Pending,
    int Swept,
    int Refused,
    int Failed,
    int Drifted,
    long Rows
)
{
    /// <summary>How many courses the catalogue had when it began.</summary>
    public int Courses => Pending + Swept + Refused + Failed;
}

/// <summary>A course that a sweep has still to read.</summary>
/// <param name="Failures">How often reading it has failed in this sweep.</param>
public sealed record PendingCourse(CatalogueCourse Course, int Failures);

/// <summary>How a sweep is done with a course.</summary>
public enum CourseSweepState
{
    /// <summary>Its roster is read.</summary>
    Swept,

    /// <summary>The API has no online roster of it.</summary>
    Refused,

    /// <summary>Given up until the next sweep.</summary>
    Failed,
}

/// <summary>What became of a course in a sweep.</summary>
/// <param name="Scans">How often its roster was read from the beginning.</param>
/// <param name="Drifted">Whether the list moved in the last of them too.</param>
/// <param name="Reason">Why it was refused or failed.</param>
public sealed record CourseSweepEnd(CourseSweepState State, int Scans, bool Drifted, string? Reason);

/// <summary>How far each company's rosters are swept, shared by all instances.</summary>
/// <remarks>Every method throws <see cref="StorageException"/> when the database does not do its part.</remarks>
public interface ISweepStore
{
    /// <summary>The latest sweep; null when there was none.</summary>
    Task<Sweep?> ReadAsync(Company company, CancellationToken cancellationToken);

    /// <summary>Begins a sweep of these courses, unless another instance has begun one since <paramref name="previous"/>.</summary>
    /// <param name="previous">The sweep that was the latest; null when there was none.</param>
    /// <returns>Whether it was begun.</returns>
    Task<bool> BeginAsync(
        Company company,
        Guid? previous,
        Guid sweepId,
        IReadOnlyList<CatalogueCourse> courses,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Hands out courses that are due to be read, each once whoever asks; they come due again at <paramref name="again"/>,
    /// should they get lost.
    /// </summary>
    /// <param name="outstanding">How many may be handed out and not done with at a time, earlier ones included.</param>
    Task<IReadOnlyList<CatalogueCourse>> TakeDueAsync(
        Company company,
        Guid sweepId,
        DateTimeOffset now,
        DateTimeOffset again,
        int outstanding,
        CancellationToken cancellationToken
    );

    /// <summary>A course of a sweep; null when it is done with, or the sweep is not the latest any more.</summary>
    Task<PendingCourse?> ReadPendingAsync(
        Company company,
        Guid sweepId,
        string courseSerial,
        CancellationToken cancellationToken
    );

    /// <summary>Reading a course failed: it comes due again.</summary>
    Task PostponeAsync(
        Company company,
        Guid sweepId,
        string courseSerial,
        DateTimeOffset dueAt,
        string reason,
        CancellationToken cancellationToken
    );

    /// <summary>Nobody reads the course any more, and nothing was wrong with it: it is due at once.</summary>
    Task TakeBackAsync(
        Company company,
        Guid sweepId,
        string courseSerial,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>A course is done with; with the last one the sweep ends.</summary>
    Task EndCourseAsync(
        Company company,
        Guid sweepId,
        string courseSerial,
        CourseSweepEnd end,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>Ends the sweep when all its courses are done with.</summary>
    Task EndAsync(Company company, Guid sweepId, DateTimeOffset now, CancellationToken cancellationToken);
}
