using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Replay;

internal sealed partial class ReplayRules
{
    private const int MostUnknown = 20;

    private IEnumerable<ReplayFault> Filter(EventFilter filter) =>
        [
            .. Companies(filter.Companies),
            .. Range("filter.recordedBefore", filter.RecordedFrom, filter.RecordedBefore),
            .. Range("filter.occurredBefore", filter.OccurredFrom, filter.OccurredBefore),
            .. Sequences(filter),
            .. Text("filter.employeeId", filter.EmployeeId, LongestText),
            .. Text("filter.courseName", filter.CourseName, LongestText),
            .. Text("filter.courseSerial", filter.CourseSerial, LongestText),
            .. Text("filter.assignmentId", filter.AssignmentId?.Value, AssignmentId.LongestInBytes),
            .. Words("filter.statuses", filter.Statuses),
            .. Words("filter.kinds", filter.Kinds),
            .. Held(filter.Held),
        ];

    // The first ones tell enough of a list with a hundred thousand.
    private IEnumerable<ReplayFault> Companies(IReadOnlyList<Company> named) =>
        named
            .Distinct()
            .Where(company => !companies.Contains(company))
            .Take(MostUnknown)
            .Select(company => new ReplayFault(
                "filter.companies",
                $"There is no company '{company}'; there are {string.Join(", ", companies)}."
            ));

    private static IEnumerable<ReplayFault> Range(string member, DateTimeOffset? from, DateTimeOffset? before)
    {
        if (from >= before)
            yield return new(member, $"It is {before:O}, and nothing lies before it from {from:O} on.");
    }

    private static IEnumerable<ReplayFault> Sequences(EventFilter filter)
    {
        if (filter.FirstSequence < 1)
            yield return new("filter.firstSequence", $"It is {filter.FirstSequence}; the first there can be is 1.");
        if (filter.LastSequence < Math.Max(1, filter.FirstSequence ?? 1))
            yield return new(
                "filter.lastSequence",
                $"It is {filter.LastSequence}, below the first, {Math.Max(1, filter.FirstSequence ?? 1)}."
            );
    }

    private static IEnumerable<ReplayFault> Words<T>(string member, IReadOnlyList<T> words)
        where T : struct, Enum =>
        words.All(Enum.IsDefined) ? [] : [new ReplayFault(member, "It has a value in it that is none of its words.")];

    private static IEnumerable<ReplayFault> Held(HeldEvents? held)
    {
        if (held is null)
            yield break;
        if (held.Versions.Count > HeldEvents.Most)
            yield return TooMany("filter.held.versions", held.Versions.Count);
        if (held.EventIds.Count > HeldEvents.Most)
            yield return TooMany("filter.held.eventIds", held.EventIds.Count);
        if (held.Versions.Values.Any(version => version < 0))
            yield return new("filter.held.versions", "A version is below 0.");
        foreach (
            var fault in held
                .Versions.Keys.SelectMany(id => Text("filter.held.versions", id.Value, AssignmentId.LongestInBytes))
                .Take(1)
        )
            yield return fault with
            {
                Message = $"An assignment's id cannot be one. {fault.Message}",
            };
    }

    private static ReplayFault TooMany(string member, int count) =>
        new(member, $"It has {count} entries; at most {HeldEvents.Most} are allowed. Name less at a time.");
}
