using JasperFx.Events;
using Marten.Events.Aggregation;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Marten;

/// <summary>
/// What the events of an assignment say of it, as the snapshot: for Marten's live aggregation, to any version or time.
/// </summary>
/// <remarks>
/// Register it as <c>ProjectionLifecycle.Live</c> only. The stored snapshot knows more: names, scores and links that came
/// without a change of the status, and how far each source was heard.
/// </remarks>
public sealed class CourseStatusProjection : SingleStreamProjection<CourseStatusSnapshot, string>
{
    /// <inheritdoc />
    public override CourseStatusSnapshot? Evolve(CourseStatusSnapshot? snapshot, string id, IEvent e)
    {
        if (e.Data is not CourseStatusChanged change)
            return snapshot;

        var next = CourseStatusSnapshot.After(new AssignmentId(id), e.Version, change);
        return next with
        {
            CourseSerial = next.CourseSerial ?? snapshot?.CourseSerial,
            AssignedCourseSerial = next.AssignedCourseSerial ?? snapshot?.AssignedCourseSerial,
            FeedUpdatedAt = next.FeedUpdatedAt ?? snapshot?.FeedUpdatedAt,
            RosterSeenAt = next.RosterSeenAt ?? snapshot?.RosterSeenAt,
        };
    }
}
