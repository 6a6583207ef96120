using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Detection;

/// <summary>
/// Decides what one observation changes. Pure: the same snapshot and row always come to the same result, whatever the
/// time, the order of calls or the machine.
/// </summary>
public static class Detector
{
    /// <summary>What a feed row changes on what is known of its assignment (null: never seen).</summary>
    public static DetectionResult Detect(CourseStatusSnapshot? known, FeedObservation row, DetectionContext context)
    {
        if (known is not null && IsStale(known, row))
            return new DetectionResult(DetectionOutcome.Stale);

        if (Transitions.Kind(known?.Status, row.Status) is not { } kind)
            return Refresh(known!, row);

        var change = Describe(known, row, kind, context);
        return new DetectionResult(DetectionOutcome.Changed, Apply(known, row, change), change);
    }

    /// <summary>
    /// Older than the newest row seen; or just as old and a step back: of two rows of one instant the further one wins,
    /// in whichever order they come.
    /// </summary>
    private static bool IsStale(CourseStatusSnapshot known, FeedObservation row) =>
        known.FeedUpdatedAt is { } newest
        && (row.UpdatedAt < newest || (row.UpdatedAt == newest && Transitions.IsBackwards(known.Status, row.Status)));

    /// <summary>A newer row's name and completion date count; of two rows of one instant, whichever comes first changes nothing.</summary>
    private static DetectionResult Refresh(CourseStatusSnapshot known, FeedObservation row)
    {
        var isNewer = known.FeedUpdatedAt != row.UpdatedAt;
        var courseName = isNewer ? row.CourseName : known.CourseName;
        var completedAt = isNewer ? CompletedAt(row) ?? known.CompletedAt : Later(CompletedAt(row), known.CompletedAt);

        if (!isNewer && completedAt == known.CompletedAt)
            return new DetectionResult(DetectionOutcome.Unchanged);

        var refreshed = known with
        {
            CourseName = courseName,
            FeedUpdatedAt = row.UpdatedAt,
            CompletedAt = completedAt,
        };
        return new DetectionResult(DetectionOutcome.Refreshed, refreshed);
    }

    private static CourseStatusChanged Describe(
        CourseStatusSnapshot? known,
        FeedObservation row,
        ChangeKind kind,
        DetectionContext context
    ) =>
        new()
        {
            EmployeeId = row.EmployeeId,
            CourseName = row.CourseName,
            CourseSerial = known?.CourseSerial,
            AssignedCourseSerial = row.AssignedCourseSerial,
            PreviousStatus = known?.Status,
            Status = row.Status,
            Kind = kind,
            Attempt = Transitions.Attempt(known?.Attempt, kind),
            Inferred = Transitions.IsInferred(known?.Status, row.Status),
            Baseline = known is null && context.Bootstrapping,
            OccurredAt = CompletedAt(row) ?? row.UpdatedAt,
            OccurredAtPrecision = OccurredAtPrecision.Instant,
            DetectedAt = context.DetectedAt,
            CompletedAt = CompletedAt(row),
            PreTest = known?.PreTest,
            PostTest = known?.PostTest,
            TimeSpentSeconds = known?.TimeSpentSeconds,
            Source = ObservationSource.Feed,
        };

    private static CourseStatusSnapshot Apply(
        CourseStatusSnapshot? known,
        FeedObservation row,
        CourseStatusChanged change
    ) =>
        new()
        {
            Id = known?.Id ?? row.AssignmentId.Value,
            EmployeeId = change.EmployeeId,
            CourseName = change.CourseName,
            CourseSerial = change.CourseSerial,
            AssignedCourseSerial = change.AssignedCourseSerial,
            Status = change.Status,
            Version = (known?.Version ?? 0) + 1,
            Attempt = change.Attempt,
            OccurredAt = change.OccurredAt,
            DetectedAt = change.DetectedAt,
            FeedUpdatedAt = row.UpdatedAt,
            CompletedAt = change.CompletedAt,
            PreTest = change.PreTest,
            PostTest = change.PostTest,
            TimeSpentSeconds = change.TimeSpentSeconds,
            Source = change.Source,
        };

    /// <summary>A completion date beside another status is left over from an earlier attempt, and says nothing of this one.</summary>
    private static DateTimeOffset? CompletedAt(FeedObservation row) =>
        row.Status == CourseStatus.Completed ? row.CompletedAt : null;

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other > one ? other : one;
}
