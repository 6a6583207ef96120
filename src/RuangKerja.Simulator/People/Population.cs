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
    private readonly List<Employee> _employees = [];
    private readonly List<Assignment> _assignments = [];
    private Assignment[]? _snapshot;

    // Where things are in the lists above. Assignments go by their numbers, which stay when their places change.
    private readonly Dictionary<int, int> _places = [];
    private readonly Dictionary<(string EmployeeId, string CourseSerial), int> _held = [];
    private readonly Dictionary<string, (int Index, int Holdings)> _staff = [];
    private readonly IndexSet[] _byStatus = [.. Enum.GetValues<UpstreamStatus>().Select(_ => new IndexSet())];
    private readonly IndexSet _withoutSomeCourse = new();
    private int _lastNumber;
    private long _lastRevision;

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
        var before = _assignments[_places[assignment.Number]];
        if (before.Status == to)
            return null;

        var now = before.MovedTo(to, InstantAfter(before, at), _random);
        _byStatus[(int)before.Status].Remove(before.Number);
        _byStatus[(int)to].Add(before.Number);
        return new Transition(before.Status, Put(now, at));
    }

    /// <summary>Takes in an assignment of a course its employee does not hold yet.</summary>
    private Transition Add(Assignment assignment, DateTimeOffset at)
    {
        var added = assignment with { Number = ++_lastNumber };
        _places.Add(added.Number, _assignments.Count);
        _assignments.Add(added);
        _held.Add(KeyOf(added), added.Number);
        _byStatus[(int)added.Status].Add(added.Number);

        var place = _staff[added.Employee.Id];
        _staff[added.Employee.Id] = place with { Holdings = place.Holdings + 1 };
        if (place.Holdings + 1 == _onlineCourses.Length)
            _withoutSomeCourse.Remove(place.Index);
        return new Transition(From: null, Put(added, at));
    }

    /// <summary>The assignment is from now on what is given here.</summary>
    private Assignment Put(Assignment assignment, DateTimeOffset at)
    {
        var now = assignment with { Revision = ++_lastRevision };
        _assignments[_places[now.Number]] = now;
        _snapshot = null;
        _feed.Put(now, at);
        _rosters.Put(now, at);
        return now;
    }

    private Employee Join()
    {
        var number = _employees.Count + 1;
        var employee = new Employee(_serials.Make("USER"), $"ID-{number:D4}", $"Karyawan {number:D4}");
        _staff.Add(employee.Id, (_employees.Count, 0));
        _withoutSomeCourse.Add(_employees.Count);
        _employees.Add(employee);
        return employee;
    }

    /// <summary>When a change of this assignment took place: a clock that was set back must not take a row's updatedAt back with it.</summary>
    private DateTimeOffset InstantAfter(Assignment before, DateTimeOffset at)
    {
        var instant = Instant(at);
        return instant > before.UpdatedAt ? instant : before.UpdatedAt;
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
