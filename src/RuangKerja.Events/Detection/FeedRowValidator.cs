using FluentValidation;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Detection;

/// <summary>What a feed row must be to be accepted. Every reason it gives is read by a person.</summary>
public sealed class FeedRowValidator : AbstractValidator<FeedRow>
{
    /// <summary>Rules for rows that are seen at the given time: nothing may have happened much later than that.</summary>
    public FeedRowValidator(DateTimeOffset seenAt)
    {
        var latest = RowRules.Latest(seenAt);

        RuleForEach(row => row.Malformations).Custom((fault, context) => context.AddFailure("row", fault));

        RuleFor(row => row.AssignedCourseSerial)
            .Custom((v, context) => RowRules.Identifier("assignedCourseSerial", v, context));
        RuleFor(row => row.EmployeeId).Custom((v, context) => RowRules.Identifier("employeeID", v, context));
        RuleFor(row => row.CourseName).Custom((v, context) => RowRules.Text("courseName", v, context));
        RuleFor(row => row).Custom(FitsTheIndex);
        RuleFor(row => row.Status).Custom(RowRules.Status);
        RuleFor(row => row.UpdatedAt).Custom((v, context) => RowRules.Timestamp("updatedAt", v, latest, context));
        RuleFor(row => row.CompletedAt)
            .Custom((v, context) => RowRules.Timestamp("completedAt", v, latest, context))
            .When(row => !string.IsNullOrWhiteSpace(row.CompletedAt));
    }

    private static void FitsTheIndex(FeedRow row, ValidationContext<FeedRow> context)
    {
        if (
            row is
            {
                AssignedCourseSerial: { Length: <= RowRules.LongestText } serial,
                EmployeeId: { Length: <= RowRules.LongestText } employee,
            }
        )
        {
            var id = AssignmentId.FromFeed(serial, employee, row.CourseName ?? "");
            RowRules.FitsTheIndex(id, "assignedCourseSerial and employeeID", context);
        }
    }
}
