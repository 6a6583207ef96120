using FluentValidation;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Detection;

/// <summary>What a row of a course's roster must be to be accepted. Every reason it gives is read by a person.</summary>
public sealed class RosterRowValidator : AbstractValidator<RosterRow>
{
    /// <summary>Rules for rows of the course's roster that are seen at the given time.</summary>
    public RosterRowValidator(string courseSerial, DateTimeOffset seenAt)
    {
        var latest = RowRules.Latest(seenAt);

        RuleForEach(row => row.Malformations).Custom((fault, context) => context.AddFailure("row", fault));

        RuleFor(row => row.EmployeeId)
            .Custom(
                (employee, context) =>
                {
                    RowRules.Identifier("user.employeeID", employee, context);
                    if (employee is { Length: <= RowRules.LongestText })
                    {
                        var id = AssignmentId.FromRoster(courseSerial, employee);
                        RowRules.FitsTheIndex(id, "courseSerial and user.employeeID", context);
                    }
                }
            );
        RuleFor(row => row.Status).Custom(RowRules.Status);
        RuleFor(row => row.PreTest).Custom((v, context) => RowRules.Score("preTest", v, context));
        RuleFor(row => row.PostTest).Custom((v, context) => RowRules.Score("postTest", v, context));
        RuleFor(row => row.TimeSpentSeconds).Custom(TimeSpent);
        RuleFor(row => row.CompletedAt)
            .Custom((v, context) => RowRules.Day("completedAt", v!, latest, context))
            .When(row => !string.IsNullOrWhiteSpace(row.CompletedAt));
    }

    private static void TimeSpent(long? value, ValidationContext<RosterRow> context)
    {
        if (value < 0)
            context.AddFailure("timeSpent", $"timeSpent is {value} seconds; it cannot be less than none.");
    }
}
