using System.Text;
using FluentValidation;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Detection;

/// <summary>
/// What a feed row must be to be accepted. Every reason it gives is read by a person: it names the field, the value found
/// and what is expected.
/// </summary>
public sealed class FeedRowValidator : AbstractValidator<FeedRow>
{
    private const int LongestText = 512;
    private const int LongestQuote = 80;
    private const string Example = "2026-01-31T09:30:00+07:00";

    private static readonly DateTimeOffset Earliest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Future = TimeSpan.FromDays(1);

    /// <summary>Rules for rows that are seen at the given time: nothing may have happened much later than that.</summary>
    public FeedRowValidator(DateTimeOffset seenAt)
    {
        var latest = seenAt + Future;

        RuleForEach(row => row.Malformations).Custom((fault, context) => context.AddFailure("row", fault));

        RuleFor(row => row.AssignedCourseSerial).Custom((v, context) => Identifier("assignedCourseSerial", v, context));
        RuleFor(row => row.EmployeeId).Custom((v, context) => Identifier("employeeID", v, context));
        RuleFor(row => row.CourseName).Custom((v, context) => Text("courseName", v, context));
        RuleFor(row => row).Custom(FitsTheIndex);
        RuleFor(row => row.Status).Custom(Status);
        RuleFor(row => row.UpdatedAt).Custom((v, context) => Timestamp("updatedAt", v, latest, context));
        RuleFor(row => row.CompletedAt)
            .Custom((v, context) => Timestamp("completedAt", v, latest, context))
            .When(row => !string.IsNullOrWhiteSpace(row.CompletedAt));
    }

    private static void Identifier(string field, string? value, ValidationContext<FeedRow> context)
    {
        Text(field, value, context);
        if (value is not null && value.Any(char.IsControl))
            context.AddFailure(field, $"{field} {Quote(value)} contains a control character.");
    }

    private static void Text(string field, string? value, ValidationContext<FeedRow> context)
    {
        if (string.IsNullOrWhiteSpace(value))
            context.AddFailure(field, $"{field} is missing or empty.");
        else if (value.Length > LongestText)
            context.AddFailure(field, $"{field} has {value.Length} characters; at most {LongestText} are allowed.");
        else if (value.Contains('\0', StringComparison.Ordinal))
            context.AddFailure(field, $"{field} {Quote(value)} contains U+0000, which PostgreSQL cannot store.");
    }

    private static void FitsTheIndex(FeedRow row, ValidationContext<FeedRow> context)
    {
        if (
            row
            is not {
                AssignedCourseSerial: { Length: <= LongestText } serial,
                EmployeeId: { Length: <= LongestText } employee
            }
        )
            return;

        // The percent-encoded id is ASCII: its length is its size in bytes.
        var length = AssignmentId.FromFeed(serial, employee, row.CourseName ?? "").Value.Length;
        if (length > AssignmentId.LongestInBytes)
        {
            context.AddFailure(
                "assignmentId",
                $"assignedCourseSerial and employeeID make an id of {length} bytes; at most {AssignmentId.LongestInBytes} can be indexed."
            );
        }
    }

    private static void Status(string? value, ValidationContext<FeedRow> context)
    {
        if (string.IsNullOrWhiteSpace(value))
            context.AddFailure("status", "status is missing or empty.");
        else if (!CourseStatusWords.TryParse(value, out _))
            context.AddFailure("status", $"status {Quote(value)} is not known; known are {CourseStatusWords.All}.");
    }

    private static void Timestamp(
        string field,
        string? value,
        DateTimeOffset latest,
        ValidationContext<FeedRow> context
    )
    {
        if (string.IsNullOrWhiteSpace(value))
            context.AddFailure(field, $"{field} is missing or empty.");
        else if (!Rfc3339.TryParse(value, out var instant))
            context.AddFailure(
                field,
                $"{field} {Quote(value)} is not a date and time with an offset, such as {Example}."
            );
        else if (instant < Earliest || instant > latest)
            context.AddFailure(field, $"{field} {Quote(value)} is not plausible: it is not between 1990 and tomorrow.");
    }

    private static string Quote(string value)
    {
        var shown = value.Length <= LongestQuote ? value : value[..LongestQuote] + "…";
        var quoted = new StringBuilder("'");
        foreach (var c in shown)
            quoted.Append(char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c);
        return quoted.Append('\'').ToString();
    }
}
