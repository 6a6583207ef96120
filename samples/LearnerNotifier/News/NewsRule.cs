using RuangKerja.Events.Contracts;

namespace LearnerNotifier.News;

/// <summary>Which changes are news to a learner. Pure.</summary>
/// <param name="kinds">The kinds that learners are told of, of <see cref="ChangeKinds"/>.</param>
/// <param name="oldest">How long ago a change may have happened.</param>
/// <remarks>
/// The past can come as messages too: with the service's setting <c>Detection:Baseline=Publish</c>, and by a replay. No member
/// says so of the first; what gives it away is that it is old, or is the first of its assignment and without a time of its own.
/// </remarks>
public sealed class NewsRule(IReadOnlySet<string> kinds, TimeSpan oldest)
{
    /// <summary>The kinds that learners are told of by default: not what they have just done themselves, nor what was set back.</summary>
    public static readonly IReadOnlySet<string> DefaultKinds = new HashSet<string>(StringComparer.Ordinal)
    {
        ChangeKinds.Assigned,
        ChangeKinds.Completed,
        ChangeKinds.Failed,
        ChangeKinds.Expired,
        ChangeKinds.Reopened,
    };

    /// <summary>Judges a change.</summary>
    /// <param name="isPast">Whether it belongs to a replay that was the first to tell of its assignment.</param>
    public Silence Judge(CourseStatusChanged change, bool isPast, DateTimeOffset now) =>
        isPast ? Silence.Replayed
        : !kinds.Contains(change.Kind) ? Silence.Kind
        : change is { Version: 1, OccurredAtPrecision: Precisions.Observed } ? Silence.Undated
        : change.OccurredAt < now - oldest ? Silence.Old
        : Silence.None;
}
