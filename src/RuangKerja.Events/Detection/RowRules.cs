using System.Globalization;
using System.Text;
using FluentValidation;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Detection;

/// <summary>What holds for the fields of rows of either source. Each reason names the field, what was found and what is expected.</summary>
internal static class RowRules
{
    public const int LongestText = 512;
    private const int LongestQuote = 80;
    private const string ExampleInstant = "2026-01-31T09:30:00+07:00";
    private const string ExampleDay = "2026-01-31";

    private static readonly DateTimeOffset Earliest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Future = TimeSpan.FromDays(1);

    /// <summary>Nothing may have happened much later than it was seen.</summary>
    public static DateTimeOffset Latest(DateTimeOffset seenAt) => seenAt + Future;

    public static void Identifier<T>(string field, string? value, ValidationContext<T> context)
    {
        Text(field, value, context);
        if (value is not null && value.Any(c => char.IsControl(c) && c != BrokenBytes.Mark))
            context.AddFailure(field, $"{field} {Quote(value)} contains a control character.");
    }

    public static void Text<T>(string field, string? value, ValidationContext<T> context)
    {
        if (string.IsNullOrWhiteSpace(value))
            context.AddFailure(field, $"{field} is missing or empty.");
        else if (value.Length > LongestText)
            context.AddFailure(field, $"{field} has {value.Length} characters; at most {LongestText} are allowed.");
        else if (value.Contains('\0', StringComparison.Ordinal))
            context.AddFailure(field, $"{field} {Quote(value)} contains U+0000, which PostgreSQL cannot store.");
        else if (value.Contains(BrokenBytes.Mark, StringComparison.Ordinal))
            context.AddFailure(field, $"{field} {Quote(value)} contains bytes that are not UTF-8 text.");
    }

    /// <summary>The id is short enough to be a key.</summary>
    /// <param name="id">What the row would be stored under.</param>
    /// <param name="parts">What the id is made of, in words.</param>
    /// <param name="context">Where failures go.</param>
    public static void FitsTheIndex<T>(AssignmentId id, string parts, ValidationContext<T> context)
    {
        // The percent-encoded id is ASCII: its length is its size in bytes.
        if (id.Value.Length > AssignmentId.LongestInBytes)
        {
            context.AddFailure(
                "assignmentId",
                $"{parts} make an id of {id.Value.Length} bytes; at most {AssignmentId.LongestInBytes} can be indexed."
            );
        }
    }

    public static void Status<T>(string? value, ValidationContext<T> context)
    {
        if (string.IsNullOrWhiteSpace(value))
            context.AddFailure("status", "status is missing or empty.");
        else if (!CourseStatusWords.TryParse(value, out _))
            context.AddFailure("status", $"status {Quote(value)} is not known; known are {CourseStatusWords.All}.");
    }

    public static void Timestamp<T>(string field, string? value, DateTimeOffset latest, ValidationContext<T> context)
    {
        if (string.IsNullOrWhiteSpace(value))
            context.AddFailure(field, $"{field} is missing or empty.");
        else if (!Rfc3339.TryParse(value, out var instant))
            context.AddFailure(
                field,
                $"{field} {Quote(value)} is not a date and time with an offset, such as {ExampleInstant}."
            );
        else if (instant < Earliest || instant > latest)
            context.AddFailure(field, Implausible(field, value));
    }

    /// <summary>A bare date.</summary>
    public static void Day<T>(string field, string value, DateTimeOffset latest, ValidationContext<T> context)
    {
        if (!TryDay(value, out var day))
            context.AddFailure(field, $"{field} {Quote(value)} is not a date, such as {ExampleDay}.");
        else if (day < Date(Earliest) || day > Date(latest).AddDays(1))
            context.AddFailure(field, Implausible(field, value));
    }

    /// <summary>Null is a score that was not submitted.</summary>
    public static void Score<T>(string field, double? value, ValidationContext<T> context)
    {
        if (value is < 0 or > 100)
        {
            var found = value.Value.ToString(CultureInfo.InvariantCulture);
            context.AddFailure(field, $"{field} is {found}; a score is 0 to 100, or null.");
        }
    }

    /// <summary>Reads the date of <c>2022-07-22</c>.</summary>
    public static bool TryDay(string? value, out DateOnly day) =>
        DateOnly.TryParseExact(
            value,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AllowLeadingWhite | DateTimeStyles.AllowTrailingWhite,
            out day
        );

    private static string Implausible(string field, string value) =>
        $"{field} {Quote(value)} is not plausible: it is not between 1990 and tomorrow.";

    private static DateOnly Date(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);

    private static string Quote(string value)
    {
        var shown = value.Length <= LongestQuote ? value : value[..LongestQuote] + "…";
        var quoted = new StringBuilder("'");
        foreach (var c in shown)
            quoted.Append(char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c);
        return quoted.Append('\'').ToString();
    }
}
