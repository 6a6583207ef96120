using System.Diagnostics;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Detection;

/// <summary>The rows of one answer, parted: what can be detected on, and what goes to quarantine.</summary>
public sealed record JudgedRows(IReadOnlyList<FeedObservation> Accepted, IReadOnlyList<RejectedRow> Rejected)
{
    /// <summary>Judges rows seen at the given time. No row is lost: each is in one of the two lists.</summary>
    public static JudgedRows Judge(IReadOnlyCollection<FeedRow> rows, DateTimeOffset seenAt)
    {
        var validator = new FeedRowValidator(seenAt);
        var accepted = new List<FeedObservation>(rows.Count);
        var rejected = new List<RejectedRow>();
        foreach (var row in rows)
        {
            var verdict = validator.Validate(row);
            if (verdict.IsValid)
                accepted.Add(Observe(row));
            else
                rejected.Add(new RejectedRow(row.Raw, [.. verdict.Errors.Select(e => e.ErrorMessage)]));
        }

        return new JudgedRows(accepted, rejected);
    }

    /// <summary>Reads a row that the validator has passed.</summary>
    private static FeedObservation Observe(FeedRow row)
    {
        if (
            !CourseStatusWords.TryParse(row.Status, out var status)
            || !Rfc3339.TryParse(row.UpdatedAt, out var updatedAt)
        )
            throw new UnreachableException("The validator passed a row that cannot be read.");

        return new FeedObservation(
            AssignmentId.FromFeed(row.AssignedCourseSerial!, row.EmployeeId!, row.CourseName!),
            row.AssignedCourseSerial!,
            row.EmployeeId!,
            row.CourseName!,
            status,
            updatedAt,
            Rfc3339.TryParse(row.CompletedAt, out var completedAt) ? completedAt : null
        );
    }
}
