namespace RuangKerja.Events.Courses;

/// <summary>The last known state of one assignment: a Marten document, keyed by the assignment id.</summary>
/// <remarks>The type's full name stands in every stored document: renaming or moving it is a migration.</remarks>
public sealed record CourseStatusSnapshot
{
    /// <summary>The assignment id; see <see cref="AssignmentId"/>.</summary>
    public required string Id { get; init; }

    /// <summary>The company's own id of the employee.</summary>
    public required string EmployeeId { get; init; }

    /// <summary>The course's name, as the API gave it last.</summary>
    public required string CourseName { get; init; }

    /// <summary>The course's serial, when known.</summary>
    public string? CourseSerial { get; init; }

    /// <summary>The upstream assignment's serial, when known.</summary>
    public string? AssignedCourseSerial { get; init; }

    /// <summary>The status now.</summary>
    public required CourseStatus Status { get; init; }

    /// <summary>The status before the last change; null while there was only one, and in snapshots of before there were rosters.</summary>
    public CourseStatus? PreviousStatus { get; init; }

    /// <summary>The version of the last event: how many changes the stream holds.</summary>
    public required long Version { get; init; }

    /// <summary>1 for the first attempt; one more at each reopening.</summary>
    public required int Attempt { get; init; }

    /// <summary>When the last change happened.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When we saw the last change.</summary>
    public required DateTimeOffset DetectedAt { get; init; }

    /// <summary>
    /// The last change as its source dates it, to tell older rows from newer ones: the feed's <c>updatedAt</c>, or the time
    /// of the roster's answer. <see cref="OccurredAt"/> may be earlier. Null in snapshots of before there were rosters.
    /// </summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The newest <c>updatedAt</c> the feed has shown for it; older feed rows are stale.</summary>
    public DateTimeOffset? FeedUpdatedAt { get; init; }

    /// <summary>When the newest roster answer was given that told something new; older answers are stale.</summary>
    public DateTimeOffset? RosterSeenAt { get; init; }

    /// <summary>When the course was completed, while it is and the API told.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Score before the course, 0 to 100.</summary>
    public double? PreTest { get; init; }

    /// <summary>Score after the course, 0 to 100.</summary>
    public double? PostTest { get; init; }

    /// <summary>Time spent, in seconds.</summary>
    public long? TimeSpentSeconds { get; init; }

    /// <summary>Which endpoint showed the last change first.</summary>
    public required ObservationSource Source { get; init; }

    /// <summary>The state after a stream's last event, as far as the event tells it.</summary>
    /// <param name="version">The event's version.</param>
    public static CourseStatusSnapshot After(AssignmentId assignment, long version, CourseStatusChanged last) =>
        new()
        {
            Id = assignment.Value,
            EmployeeId = last.EmployeeId,
            CourseName = last.CourseName,
            CourseSerial = last.CourseSerial,
            AssignedCourseSerial = last.AssignedCourseSerial,
            Status = last.Status,
            PreviousStatus = last.PreviousStatus,
            Version = version,
            Attempt = last.Attempt,
            OccurredAt = last.OccurredAt,
            DetectedAt = last.DetectedAt,
            // The row was not older than what it told.
            ChangedAt = last.Source == ObservationSource.Feed ? last.OccurredAt : last.DetectedAt,
            FeedUpdatedAt = last.Source == ObservationSource.Feed ? last.OccurredAt : null,
            RosterSeenAt = last.Source == ObservationSource.Roster ? last.DetectedAt : null,
            CompletedAt = last.CompletedAt,
            PreTest = last.PreTest,
            PostTest = last.PostTest,
            TimeSpentSeconds = last.TimeSpentSeconds,
            Source = last.Source,
        };
}
