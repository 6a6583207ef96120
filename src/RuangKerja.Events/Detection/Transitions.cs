using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Detection;

/// <summary>The table of changes: what a step from one status to another is called, counts as, and may have skipped.</summary>
public static class Transitions
{
    /// <summary>The kind of the step; null when the status stands.</summary>
    public static ChangeKind? Kind(CourseStatus? from, CourseStatus to) =>
        (from, to) switch
        {
            var (f, t) when f == t => null,
            (_, CourseStatus.Completed) => ChangeKind.Completed,
            (_, CourseStatus.Failed) => ChangeKind.Failed,
            (_, CourseStatus.Expired) => ChangeKind.Expired,
            ({ } ended, _) when ended.IsTerminal() => ChangeKind.Reopened,
            (CourseStatus.InProgress, CourseStatus.NotStarted) => ChangeKind.Reset,
            (_, CourseStatus.InProgress) => ChangeKind.Started,
            _ => ChangeKind.Assigned,
        };

    /// <summary>The attempt after a step of this kind; the first sight is attempt 1.</summary>
    public static int Attempt(int? before, ChangeKind kind) =>
        before is not { } known ? 1
        : kind == ChangeKind.Reopened ? known + 1
        : known;

    /// <summary>True when a step was never seen: an end without a beginning.</summary>
    public static bool IsInferred(CourseStatus? from, CourseStatus to) =>
        (from is null or CourseStatus.NotStarted) && to.IsTerminal();

    /// <summary>True when the step undoes progress: what a late row would do.</summary>
    public static bool IsBackwards(CourseStatus from, CourseStatus to) => to < from;
}
