using System.Diagnostics.CodeAnalysis;

namespace RuangKerja.Events.Contracts;

/// <summary>An employee was assigned a course and has not started it.</summary>
public sealed record CourseAssigned : CourseStatusChanged
{
    /// <summary>For initialisers and deserialisers.</summary>
    public CourseAssigned() { }

    /// <summary>The same change under its own name.</summary>
    [SetsRequiredMembers]
    public CourseAssigned(CourseStatusChanged change)
        : base(change) { }
}

/// <summary>An employee started a course.</summary>
public sealed record CourseStarted : CourseStatusChanged
{
    /// <summary>For initialisers and deserialisers.</summary>
    public CourseStarted() { }

    /// <summary>The same change under its own name.</summary>
    [SetsRequiredMembers]
    public CourseStarted(CourseStatusChanged change)
        : base(change) { }
}

/// <summary>An employee completed a course.</summary>
public sealed record CourseCompleted : CourseStatusChanged
{
    /// <summary>For initialisers and deserialisers.</summary>
    public CourseCompleted() { }

    /// <summary>The same change under its own name.</summary>
    [SetsRequiredMembers]
    public CourseCompleted(CourseStatusChanged change)
        : base(change) { }
}

/// <summary>An employee failed a course.</summary>
public sealed record CourseFailed : CourseStatusChanged
{
    /// <summary>For initialisers and deserialisers.</summary>
    public CourseFailed() { }

    /// <summary>The same change under its own name.</summary>
    [SetsRequiredMembers]
    public CourseFailed(CourseStatusChanged change)
        : base(change) { }
}

/// <summary>An assignment ran out of time.</summary>
public sealed record CourseExpired : CourseStatusChanged
{
    /// <summary>For initialisers and deserialisers.</summary>
    public CourseExpired() { }

    /// <summary>The same change under its own name.</summary>
    [SetsRequiredMembers]
    public CourseExpired(CourseStatusChanged change)
        : base(change) { }
}

/// <summary>A completed, failed or expired course was opened again: a new attempt begins.</summary>
public sealed record CourseReopened : CourseStatusChanged
{
    /// <summary>For initialisers and deserialisers.</summary>
    public CourseReopened() { }

    /// <summary>The same change under its own name.</summary>
    [SetsRequiredMembers]
    public CourseReopened(CourseStatusChanged change)
        : base(change) { }
}

/// <summary>A started course was set back to not started, within the same attempt.</summary>
public sealed record CourseReset : CourseStatusChanged
{
    /// <summary>For initialisers and deserialisers.</summary>
    public CourseReset() { }

    /// <summary>The same change under its own name.</summary>
    [SetsRequiredMembers]
    public CourseReset(CourseStatusChanged change)
        : base(change) { }
}
