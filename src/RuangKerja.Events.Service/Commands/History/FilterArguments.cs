using System.CommandLine;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Service.Commands.History;

/// <summary>The options that say which stored events are meant: one set for all commands that ask for some.</summary>
internal sealed class FilterArguments
{
    private const string Form = "an instant with its offset, such as 2026-01-31T00:00:00+07:00";

    private readonly Option<string[]> _companies = Many(
        "--company",
        "Of this company; may be given again. Default: all."
    );
    private readonly Option<string?> _from = Instant("--from", "Stored at this instant or later");
    private readonly Option<string?> _to = Instant("--to", "Stored before this instant");
    private readonly Option<string?> _occurredFrom = Instant("--occurred-from", "Happened at this instant or later");
    private readonly Option<string?> _occurredTo = Instant("--occurred-to", "Happened before this instant");
    private readonly Option<long?> _fromSequence = new("--from-sequence")
    {
        Description = "Of this sequence or a higher one.",
    };
    private readonly Option<long?> _toSequence = new("--to-sequence")
    {
        Description = "Of this sequence or a lower one.",
    };
    private readonly Option<string?> _employee = Employee();
    private readonly Option<string?> _course = Course();
    private readonly Option<string?> _courseSerial = CourseSerial();
    private readonly Option<string?> _assignment = new("--assignment")
    {
        Description = "Of the assignment of this id.",
    };
    private readonly Option<string[]> _kinds = Many(
        "--kind",
        $"Of this kind; may be given again: {ChangeKindWords.All}."
    );
    private readonly Option<string[]> _statuses = Many(
        "--status",
        $"To this status; may be given again: {CourseStatusWords.All}."
    );
    private readonly Option<bool> _baseline = new("--baseline")
    {
        Description = "The past from before the company was first polled too, which was never published.",
    };

    /// <summary>All of them.</summary>
    public IEnumerable<Option> Options =>
        [
            _companies,
            _from,
            _to,
            _occurredFrom,
            _occurredTo,
            _fromSequence,
            _toSequence,
            _employee,
            _course,
            _courseSerial,
            _assignment,
            _kinds,
            _statuses,
            _baseline,
        ];

    /// <summary>The option that says a member of a filter; null for those that no option says.</summary>
    /// <param name="member">As faults of a replay's request name it.</param>
    public static string? OptionOf(string member) =>
        member switch
        {
            "destination" => "--queue",
            "rate" => "--rate",
            "filter.companies" => "--company",
            "filter.recordedFrom" => "--from",
            "filter.recordedBefore" => "--to",
            "filter.occurredFrom" => "--occurred-from",
            "filter.occurredBefore" => "--occurred-to",
            "filter.firstSequence" => "--from-sequence",
            "filter.lastSequence" => "--to-sequence",
            "filter.employeeId" => "--employee",
            "filter.courseName" => "--course",
            "filter.courseSerial" => "--course-serial",
            "filter.assignmentId" => "--assignment",
            "filter.statuses" => "--status",
            "filter.kinds" => "--kind",
            "filter.held.versions" => "--have-versions",
            "filter.held.eventIds" => "--have-events",
            _ => null,
        };

    /// <summary>Reads them all.</summary>
    /// <param name="configured">The companies there are.</param>
    /// <param name="faults">Gets what is wrong, as sentences.</param>
    public EventFilter Read(ParseResult parsed, IReadOnlyList<string> configured, List<string> faults)
    {
        var filter = new EventFilter
        {
            Companies = Words<Company>(
                parsed,
                _companies,
                (text, out company) => Known(text, configured, out company),
                string.Join(", ", configured),
                faults
            ),
            RecordedFrom = ReadInstant(parsed, _from, faults),
            RecordedBefore = ReadInstant(parsed, _to, faults),
            OccurredFrom = ReadInstant(parsed, _occurredFrom, faults),
            OccurredBefore = ReadInstant(parsed, _occurredTo, faults),
            FirstSequence = parsed.GetValue(_fromSequence),
            LastSequence = parsed.GetValue(_toSequence),
            EmployeeId = parsed.GetValue(_employee),
            CourseName = parsed.GetValue(_course),
            CourseSerial = parsed.GetValue(_courseSerial),
            AssignmentId = parsed.GetValue(_assignment) is { } id ? new AssignmentId(id) : null,
            Kinds = Words<ChangeKind>(parsed, _kinds, ChangeKindWords.TryParse, ChangeKindWords.All, faults),
            Statuses = Words<CourseStatus>(
                parsed,
                _statuses,
                CourseStatusWords.TryParse,
                CourseStatusWords.All,
                faults
            ),
            Baseline = parsed.GetValue(_baseline),
        };
        Order(_from.Name, filter.RecordedFrom, _to.Name, filter.RecordedBefore, faults);
        Order(_occurredFrom.Name, filter.OccurredFrom, _occurredTo.Name, filter.OccurredBefore, faults);
        if (filter.FirstSequence > filter.LastSequence)
            faults.Add(
                $"{_fromSequence.Name} {filter.FirstSequence}: write one up to {_toSequence.Name} {filter.LastSequence}."
            );
        return filter;
    }

    /// <summary>The option that names an employee.</summary>
    public static Option<string?> Employee() =>
        new("--employee") { Description = "Of this employee, by the company's own id." };

    /// <summary>The option that names a course.</summary>
    public static Option<string?> Course() =>
        new("--course") { Description = "Of the course of this name, letter case aside." };

    /// <summary>The option that names a course by its serial.</summary>
    public static Option<string?> CourseSerial() =>
        new("--course-serial") { Description = "Of the course of this serial." };

    /// <summary>An option whose value is an instant.</summary>
    public static Option<string?> Instant(string name, string description) =>
        new(name) { Description = $"{description}: {Form}.", HelpName = "instant" };

    /// <summary>Its value; null when it is not given, or wrong.</summary>
    public static DateTimeOffset? ReadInstant(ParseResult parsed, Option<string?> option, List<string> faults)
    {
        if (parsed.GetValue(option) is not { } text)
            return null;
        if (Rfc3339.TryParse(text, out var instant))
            return instant;

        faults.Add($"{option.Name} '{text}': write {Form}.");
        return null;
    }

    /// <summary>A company that is configured.</summary>
    public static bool Known(string? text, IReadOnlyList<string> configured, out Company company) =>
        Company.TryCreate(text, out company) && configured.Contains(text);

    private delegate bool TryRead<T>(string? word, out T value);

    private static List<T> Words<T>(
        ParseResult parsed,
        Option<string[]> option,
        TryRead<T> tryRead,
        string allowed,
        List<string> faults
    )
    {
        var values = new List<T>();
        foreach (var word in parsed.GetValue(option) ?? [])
        {
            if (tryRead(word, out var value))
                values.Add(value);
            else
                faults.Add($"{option.Name} '{word}': there is {allowed}.");
        }

        return values;
    }

    private static void Order(string from, DateTimeOffset? begin, string to, DateTimeOffset? end, List<string> faults)
    {
        if (begin >= end)
            faults.Add($"{from} {begin:O}: write an instant before {to} {end:O}.");
    }

    private static Option<string[]> Many(string name, string description) => new(name) { Description = description };
}
