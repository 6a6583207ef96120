namespace RuangKerja.Simulator.People;

/// <summary>
/// The courses, employees and assignments of one company, and what happens to them. Decides by its seeded random alone:
/// time comes in as a value. Safe to read from any thread; the <see cref="World"/> sees to it that one caller changes it.
/// </summary>
public sealed partial class Population
{
    private readonly SimulatorOptions _options;
    private readonly TimeSpan _offset;
    private readonly Random _random;
    private readonly SerialMint _serials;

    private readonly Lock _gate = new();
    private readonly List<Employee> _employees = [];
    private readonly List<Assignment> _assignments = [];
    private Assignment[]? _snapshot;

    // Where things are in the lists above.
    private readonly Dictionary<(string EmployeeId, string CourseSerial), int> _held = [];
    private readonly Dictionary<string, (int Index, int Holdings)> _places = [];
    private readonly IndexSet[] _byStatus = [.. Enum.GetValues<UpstreamStatus>().Select(_ => new IndexSet())];
    private readonly IndexSet _withoutSomeCourse = new();

    /// <summary>The whole catalogue, courses without an online roster included. It never changes.</summary>
    public IReadOnlyList<Course> Courses { get; }

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

    /// <summary>Moves the assignment without asking whether the move is lawful. Null when it is there already.</summary>
    private Transition? Move(Assignment assignment, UpstreamStatus to, DateTimeOffset at)
    {
        var index = _held[KeyOf(assignment)];
        var before = _assignments[index];
        if (before.Status == to)
            return null;

        // A clock that was set back must not take a row's updatedAt back with it.
        var instant = Instant(at);
        var now = before.MovedTo(to, instant > before.UpdatedAt ? instant : before.UpdatedAt, _random);
        _byStatus[(int)before.Status].Remove(index);
        _byStatus[(int)to].Add(index);
        _assignments[index] = now;
        _snapshot = null;
        return new Transition(before.Status, now);
    }

    /// <summary>Takes in an assignment of a course its employee does not hold yet.</summary>
    private Transition Add(Assignment assignment)
    {
        var index = _assignments.Count;
        _held.Add(KeyOf(assignment), index);
        _byStatus[(int)assignment.Status].Add(index);
        _assignments.Add(assignment);
        _snapshot = null;

        var place = _places[assignment.Employee.Id];
        _places[assignment.Employee.Id] = place with { Holdings = place.Holdings + 1 };
        if (place.Holdings + 1 == _onlineCourses.Length)
            _withoutSomeCourse.Remove(place.Index);
        return new Transition(From: null, assignment);
    }

    private Employee Join()
    {
        var number = _employees.Count + 1;
        var employee = new Employee(_serials.Make("USER"), $"ID-{number:D4}", $"Karyawan {number:D4}");
        _places.Add(employee.Id, (_employees.Count, 0));
        _withoutSomeCourse.Add(_employees.Count);
        _employees.Add(employee);
        return employee;
    }

    /// <summary>The instant as rows and ledger both carry it: whole seconds, the company's offset.</summary>
    private DateTimeOffset Instant(DateTimeOffset at) =>
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

    private bool Holds(Employee employee, Course course) => _held.ContainsKey((employee.Id, course.Serial));

    private static (string EmployeeId, string CourseSerial) KeyOf(Assignment one) =>
        (one.Employee.Id, one.Course.Serial);
}
