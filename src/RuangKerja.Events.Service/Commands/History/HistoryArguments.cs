using System.CommandLine;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Service.Commands.History;

/// <summary>What is asked of the history.</summary>
/// <param name="Assignment">One assignment, by its id in the companies of the filter; null for those of the filter.</param>
/// <param name="AsOf">Null for the whole timeline.</param>
internal sealed record HistoryQuestion(
    AssignmentFilter Filter,
    AssignmentId? Assignment,
    DateTimeOffset? AsOf,
    TimeBasis Basis
);

/// <summary>The options of <c>history</c>.</summary>
internal sealed class HistoryArguments
{
    private readonly Option<string?> _company = new("--company") { Description = "Of this company. Default: all." };
    private readonly Option<string?> _employee = FilterArguments.Employee();
    private readonly Option<string?> _course = FilterArguments.Course();
    private readonly Option<string?> _courseSerial = FilterArguments.CourseSerial();
    private readonly Option<string?> _assignment = new("--assignment")
    {
        Description = "Of this assignment alone, by the id that messages carry.",
    };
    private readonly Option<string?> _asOf = FilterArguments.Instant("--as-of", "Show the state at this instant");
    private readonly Option<TimeBasis?> _by = new("--by")
    {
        Description =
            "Which time --as-of means: when changes were stored (recorded, the default), so what was known then; or when they "
            + "happened (occurred), so what was true then as far as is known now.",
    };

    public HistoryArguments() => _by.AcceptOnlyFromAmong("occurred", "recorded");

    /// <summary>All of them.</summary>
    public IEnumerable<Option> Options => [_company, _employee, _course, _courseSerial, _assignment, _asOf, _by];

    /// <summary>Reads them.</summary>
    /// <param name="configured">The companies there are.</param>
    /// <exception cref="UsageException">Something is wrong with them; the message says all of it.</exception>
    public HistoryQuestion Read(ParseResult parsed, IReadOnlyList<string> configured)
    {
        var faults = new List<string>();
        var assignment = parsed.GetValue(_assignment);
        var question = new HistoryQuestion(
            new AssignmentFilter
            {
                Companies = Companies(parsed.GetValue(_company), assignment is not null, configured, faults),
                EmployeeId = parsed.GetValue(_employee),
                CourseName = parsed.GetValue(_course),
                CourseSerial = parsed.GetValue(_courseSerial),
            },
            assignment is null ? null : new AssignmentId(assignment),
            FilterArguments.ReadInstant(parsed, _asOf, faults),
            parsed.GetValue(_by) ?? TimeBasis.Recorded
        );
        var filter = question.Filter;
        var isNarrow =
            filter.EmployeeId is not null || filter.CourseName is not null || filter.CourseSerial is not null;
        if (!isNarrow && assignment is null)
            faults.Add(
                $"Say whose history: {_employee.Name}, {_course.Name}, {_courseSerial.Name} or {_assignment.Name}."
            );
        if (isNarrow && assignment is not null)
            faults.Add(
                $"{_assignment.Name} names one assignment; leave out {_employee.Name}, {_course.Name} and {_courseSerial.Name}."
            );
        if (parsed.GetValue(_by) is not null && parsed.GetValue(_asOf) is null)
            faults.Add($"{_by.Name} says which time {_asOf.Name} means; give that too.");
        UsageException.ThrowIfAny(faults);
        return question;
    }

    private List<Company> Companies(string? name, bool all, IReadOnlyList<string> configured, List<string> faults)
    {
        if (name is null && !all)
            return [];

        var companies = new List<Company>();
        foreach (var one in name is null ? configured : [name])
        {
            if (FilterArguments.Known(one, configured, out var company))
                companies.Add(company);
            else
                faults.Add($"{_company.Name} '{one}': there is {string.Join(", ", configured)}.");
        }

        return companies;
    }
}
