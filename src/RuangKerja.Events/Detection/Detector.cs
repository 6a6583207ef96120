using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Detection;

/// <summary>
/// Decides what one observation changes. Pure: the same snapshot and row always come to the same result, whatever the
/// time, the order of calls or the machine.
/// </summary>
public static class Detector
{
    private static readonly DetectionResult Stale = new(DetectionOutcome.Stale);
    private static readonly DetectionResult Unchanged = new(DetectionOutcome.Unchanged);

    /// <summary>What a row changes on what is known of its assignment (null: never seen).</summary>
    public static DetectionResult Detect(CourseStatusSnapshot? known, Observation row, DetectionContext context) =>
        row switch
        {
            FeedObservation feed => Detect(known, feed, context),
            RosterObservation roster => Detect(known, roster, context),
            _ => throw new ArgumentException($"There is no such source as {row.GetType().Name}.", nameof(row)),
        };

    private static DetectionResult Detect(CourseStatusSnapshot? known, FeedObservation row, DetectionContext context)
    {
        if (known is not null && Staleness.IsStale(known, row, context.SettleDelay))
            return Stale;
        if (Transitions.Kind(known?.Status, row.Status) is { } kind)
        {
            var change = Describe(known, row, kind, context);
            return new DetectionResult(DetectionOutcome.Changed, Apply(known, row, change), change);
        }

        return Refreshing.Of(known!, row) is { } refreshed
            ? new DetectionResult(DetectionOutcome.Refreshed, refreshed)
            : Unchanged;
    }

    private static DetectionResult Detect(CourseStatusSnapshot? known, RosterObservation row, DetectionContext context)
    {
        if (known is null ? IsLeftToFeed(row, context.Baseline) : Staleness.IsStale(known, row, context.SettleDelay))
            return Stale;
        if (Transitions.Kind(known?.Status, row.Status) is { } kind)
        {
            var change = Describe(known, row, kind, context);
            return new DetectionResult(DetectionOutcome.Changed, Apply(known, row, change), change);
        }

        return Refreshing.Of(known!, row) is { } refreshed
            ? new DetectionResult(DetectionOutcome.Refreshed, refreshed)
            : Unchanged;
    }

    /// <summary>
    /// A completion that a roster does not date, or dates with the very day of the first start, is the past or news: while the
    /// past is being read the feed, which tells the instant, has the word.
    /// </summary>
    private static bool IsLeftToFeed(RosterObservation row, BaselineRule baseline) =>
        baseline is { Undated: true, Before: { } start }
        && row.Status == CourseStatus.Completed
        && (row.CompletedAt is not { } day || (day <= start && start < day.AddDays(1)));

    private static CourseStatusChanged Describe(
        CourseStatusSnapshot? known,
        FeedObservation row,
        ChangeKind kind,
        DetectionContext context
    )
    {
        var occurredAt = row.CompletionTold() ?? row.UpdatedAt;
        return new CourseStatusChanged
        {
            EmployeeId = row.EmployeeId,
            CourseName = row.Course.Name,
            CourseSerial = known?.CourseSerial ?? row.Course.Serial,
            AssignedCourseSerial = row.AssignedCourseSerial,
            PreviousStatus = known?.Status,
            Status = row.Status,
            Kind = kind,
            Attempt = Transitions.Attempt(known?.Attempt, kind),
            Inferred = Transitions.IsInferred(known?.Status, row.Status),
            Baseline = known is null && occurredAt < context.Baseline.Before,
            OccurredAt = occurredAt,
            OccurredAtPrecision = OccurredAtPrecision.Instant,
            DetectedAt = context.DetectedAt,
            CompletedAt = row.CompletionTold(),
            PreTest = known?.PreTest,
            PostTest = known?.PostTest,
            TimeSpentSeconds = known?.TimeSpentSeconds,
            Source = ObservationSource.Feed,
        };
    }

    private static CourseStatusChanged Describe(
        CourseStatusSnapshot? known,
        RosterObservation row,
        ChangeKind kind,
        DetectionContext context
    )
    {
        var day = row.CompletionTold();
        return new CourseStatusChanged
        {
            EmployeeId = row.EmployeeId,
            CourseName = row.Course.Name,
            CourseSerial = row.Course.Serial,
            AssignedCourseSerial = known?.AssignedCourseSerial,
            PreviousStatus = known?.Status,
            Status = row.Status,
            Kind = kind,
            Attempt = Transitions.Attempt(known?.Attempt, kind),
            Inferred = Transitions.IsInferred(known?.Status, row.Status),
            Baseline = known is null && (day is null ? context.Baseline.Undated : day < context.Baseline.Before),
            OccurredAt = day ?? row.SeenAt,
            OccurredAtPrecision = day is null ? OccurredAtPrecision.Observed : OccurredAtPrecision.Day,
            DetectedAt = context.DetectedAt,
            CompletedAt = day,
            PreTest = row.PreTest,
            PostTest = row.PostTest,
            TimeSpentSeconds = row.TimeSpentSeconds,
            Source = ObservationSource.Roster,
        };
    }

    private static CourseStatusSnapshot Apply(
        CourseStatusSnapshot? known,
        FeedObservation row,
        CourseStatusChanged change
    )
    {
        var id = known is null
            ? AssignmentId.FromFeed(row.AssignedCourseSerial, row.EmployeeId, row.Course.Name)
            : new AssignmentId(known.Id);
        return CourseStatusSnapshot.After(id, (known?.Version ?? 0) + 1, change) with
        {
            ChangedAt = row.UpdatedAt,
            FeedUpdatedAt = row.UpdatedAt,
            RosterSeenAt = known?.RosterSeenAt,
        };
    }

    private static CourseStatusSnapshot Apply(
        CourseStatusSnapshot? known,
        RosterObservation row,
        CourseStatusChanged change
    )
    {
        var id = known is null
            ? AssignmentId.FromRoster(row.Course.Serial!, row.EmployeeId)
            : new AssignmentId(known.Id);
        return CourseStatusSnapshot.After(id, (known?.Version ?? 0) + 1, change) with
        {
            ChangedAt = row.SeenAt,
            FeedUpdatedAt = known?.FeedUpdatedAt,
            RosterSeenAt = row.SeenAt,
        };
    }
}
