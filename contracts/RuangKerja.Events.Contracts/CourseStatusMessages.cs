namespace RuangKerja.Events.Contracts;

/// <summary>An employee was assigned a course and has not started it.</summary>
public sealed record CourseAssigned : CourseStatusChanged;

/// <summary>An employee started a course.</summary>
public sealed record CourseStarted : CourseStatusChanged;

/// <summary>An employee completed a course.</summary>
public sealed record CourseCompleted : CourseStatusChanged;

/// <summary>An employee failed a course.</summary>
public sealed record CourseFailed : CourseStatusChanged;

/// <summary>An assignment ran out of time.</summary>
public sealed record CourseExpired : CourseStatusChanged;

/// <summary>A completed, failed or expired course was opened again: a new attempt begins.</summary>
public sealed record CourseReopened : CourseStatusChanged;

/// <summary>A started course was set back to not started, within the same attempt.</summary>
public sealed record CourseReset : CourseStatusChanged;
