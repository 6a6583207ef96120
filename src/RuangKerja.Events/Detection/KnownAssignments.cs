using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Detection;

/// <summary>What is known of the assignments that some rows may speak of.</summary>
/// <param name="Keys">Which assignments there are under each key, in the order in which they came to be known; keys without any are absent.</param>
/// <param name="Snapshots">Their last known states.</param>
public sealed record KnownAssignments(
    IReadOnlyDictionary<AssignmentKey, IReadOnlyList<AssignmentId>> Keys,
    IReadOnlyDictionary<AssignmentId, CourseStatusSnapshot> Snapshots
)
{
    /// <summary>Nothing is known.</summary>
    public static readonly KnownAssignments None = new(
        new Dictionary<AssignmentKey, IReadOnlyList<AssignmentId>>(),
        new Dictionary<AssignmentId, CourseStatusSnapshot>()
    );

    /// <summary>The keys under which rows must be looked for, each one once.</summary>
    public static IReadOnlyCollection<AssignmentKey> KeysOf(IEnumerable<Observation> rows)
    {
        var keys = new HashSet<AssignmentKey>();
        foreach (var row in rows)
        {
            keys.Add(AssignmentKey.ByName(row.EmployeeId, row.Course.NormalisedName));
            if (row.Course.Serial is { } serial)
                keys.Add(AssignmentKey.BySerial(row.EmployeeId, serial));
        }

        return keys;
    }
}

/// <summary>Assignments to be found under a key from now on.</summary>
/// <param name="Before">How many there were under it: another number now means that another writer was first.</param>
/// <param name="Added">In order.</param>
public sealed record KeyClaim(AssignmentKey Key, int Before, IReadOnlyList<AssignmentId> Added);
