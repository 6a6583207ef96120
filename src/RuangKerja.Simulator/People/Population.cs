namespace RuangKerja.Simulator.People;

/// <summary>
/// The courses, employees and assignments of one company, and what happens to them. Decides by its seeded random alone:
/// time comes in as a value. Safe to read from any thread; the <see cref="World"/> sees to it that one caller changes it.
/// </summary>
public sealed partial class Population
{
    private readonly SimulatorOptions _options;
    private readonly TimeSpan _offset;
    private readonly int _seed;
    private readonly Random _random;
    private readonly SerialMint _serials;

    private readonly Lock _gate = new();
    private Course[] _courses;
    private readonly List<Employee> _employees = [];
    private readonly List<Assignment> _assignments = [];
    private Assignment[]? _snapshot;

    // Where things are in the lists above. Assignments go by their numbers, which stay when their places change; of those that
    // one employee holds of one course the last one is current, and alone has a part in life.
    private readonly Dictionary<int, int> _places = [];
    private readonly Dictionary<(string EmployeeId, string CourseSerial), int[]> _held = [];
    private readonly Dictionary<string, (int Index, int Holdings)> _staff = [];
    private readonly IndexSet[] _byStatus = [.. Enum.GetValues<UpstreamStatus>().Select(_ => new IndexSet())];
    private readonly IndexSet _withoutSomeCourse = new();
    private int _lastNumber;
    private long _lastRevision;

    /// <summary>The whole catalogue, courses without an online roster included. Names alone ever change.</summary>
    public IReadOnlyList<Course> Courses
    {
        get
        {
            lock (_gate)
                return _courses;
        }
    }

    /// <summary>Everybody employed now, in order of joining.</summary>
    public IReadOnlyList<Employee> Employees
    {
        get
        {
            lock (_gate)
                return _employees.ToArray();
        }
    }

    /// <summary>Every assignment as it stands now: one consistent moment, which later changes do not touch.</summary>
    public IReadOnlyList<Assignment> Assignments
    {
        get
        {
            lock (_gate)
                return _snapshot ??= [.. _assignments];
        }
    }

    /// <summary>The instant as rows and ledger both carry it: whole seconds, the company's offset.</summary>
    internal DateTimeOffset Instant(DateTimeOffset at) =>
        new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero).ToOffset(_offset);

    private T? FromRandomPlace<T>(IReadOnlyList<T> list, Func<T, bool> qualifies)
        where T : class
    {
        if (list.Count == 0)
            return null;

        var start = _random.Next(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            if (list[(start + i) % list.Count] is var candidate && qualifies(candidate))
                return candidate;
        }

        return null;
    }

    private bool IsCurrent(Assignment one) => _held[KeyOf(one)][^1] == one.Number;

    private bool Holds(Employee employee, Course course) => _held.ContainsKey((employee.Id, course.Serial));

    private static (string EmployeeId, string CourseSerial) KeyOf(Assignment one) =>
        (one.Employee.Id, one.Course.Serial);
}
