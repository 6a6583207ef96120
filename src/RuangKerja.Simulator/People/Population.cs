using RuangKerja.Simulator.Life;

namespace RuangKerja.Simulator.People;

/// <summary>
/// The courses, employees and assignments of one company, and what happens to them. Decides by its seeded random alone:
/// time comes in as a value. Safe to read from any thread; the <see cref="World"/> sees to it that one caller changes it.
/// </summary>
public sealed partial class Population
{
    private const double RetakeShare = 0.04;

    private readonly SimulatorOptions _options;
    private readonly TimeSpan _offset;
    private readonly Random _random;
    private readonly SerialMint _serials;

    private readonly Lock _gate = new();
    private readonly List<Employee> _employees = [];
    private readonly List<Assignment> _assignments = [];
    private readonly Dictionary<(string EmployeeId, string CourseSerial), int> _held = [];
    private Assignment[]? _snapshot;

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

    /// <summary>
    /// One step of life at <paramref name="at"/>: assigns a course, moves an open assignment on or starts a retake, whichever
    /// chance says and the laws and the dwell allow. Null when nothing can move.
    /// </summary>
    internal Transition? Step(DateTimeOffset at)
    {
        var lot = _random.NextDouble();
        if (lot < _options.NewAssignmentShare)
            return AssignByChance(at);
        if (lot > 1 - RetakeShare && MoveByChance(Lifecycle.CanBeRetaken, at) is { } retake)
            return retake;

        return MoveByChance(Lifecycle.IsOpen, at)
            ?? (_options.NewAssignmentShare > 0 ? AssignByChance(at) : MoveByChance(Lifecycle.CanBeRetaken, at));
    }

    /// <summary>Moves the assignment without asking whether the move is lawful. Null when it is there already.</summary>
    internal Transition? Move(Assignment assignment, UpstreamStatus to, DateTimeOffset at)
    {
        lock (_gate)
        {
            var index = _held[KeyOf(assignment)];
            var before = _assignments[index];
            if (before.Status == to)
                return null;

            // A clock that was set back must not take a row's updatedAt back with it.
            var instant = Instant(at);
            return Put(index, before.Status, before.MovedTo(to, Later(instant, before.UpdatedAt), _random));
        }
    }

    /// <summary>Moves one assignment that the order matches. Null when none can move as ordered.</summary>
    internal Transition? Carry(TransitionOrder order, DateTimeOffset at)
    {
        if (order.To is { } to)
        {
            var chosen =
                Choose(one => order.Matches(one) && Lifecycle.Allows(one.Status, to))
                ?? Choose(one => order.Matches(one) && one.Status != to);
            return chosen is null ? null : Move(chosen, to, at);
        }

        return
            Choose(one => order.Matches(one) && one.Status != UpstreamStatus.Expired) is { } movable
            && Lifecycle.Next(movable.Status, _random) is { } next
            ? Move(movable, next, at)
            : null;
    }

    /// <summary>Gives the employee the course. Null when the employee holds it already.</summary>
    internal Transition? Assign(Employee employee, Course course, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (_held.ContainsKey((employee.Id, course.Serial)))
                return null;

            return Put(index: null, from: null, NewAssignment(employee, course, Instant(at)));
        }
    }

    /// <summary>A random assignment among those that qualify; null when none does.</summary>
    internal Assignment? Choose(Func<Assignment, bool> qualifies)
    {
        lock (_gate)
            return FromRandomPlace(_assignments, qualifies);
    }

    /// <summary>A random employee and a course that employee does not hold yet; null when there is no such pair.</summary>
    internal (Employee Employee, Course Course)? Vacancy(Func<Employee, bool> who, Func<Course, bool> which)
    {
        var courses = Courses.Where(course => course.Roster == OnlineRoster.Present && which(course)).ToList();
        bool Lacks(Employee employee, Course course) => !_held.ContainsKey((employee.Id, course.Serial));

        lock (_gate)
        {
            return
                FromRandomPlace(_employees, one => who(one) && courses.Exists(course => Lacks(one, course)))
                    is { } employee
                && FromRandomPlace(courses, course => Lacks(employee, course)) is { } vacant
                ? (employee, vacant)
                : null;
        }
    }

    private Transition? AssignByChance(DateTimeOffset at)
    {
        lock (_gate)
        {
            if (Vacancy(_ => true, _ => true) is not { } vacancy)
            {
                var newcomer = Join();
                vacancy = Vacancy(one => one == newcomer, _ => true)!.Value;
            }

            return Assign(vacancy.Employee, vacancy.Course, at);
        }
    }

    private Transition? MoveByChance(Func<UpstreamStatus, bool> from, DateTimeOffset at)
    {
        var latest = Instant(at) - _options.MinimumDwell;
        return
            Choose(one => from(one.Status) && one.UpdatedAt <= latest) is { } chosen
            && Lifecycle.Next(chosen.Status, _random) is { } to
            ? Move(chosen, to, at)
            : null;
    }

    private Transition Put(int? index, UpstreamStatus? from, Assignment now)
    {
        if (index is { } known)
        {
            _assignments[known] = now;
        }
        else
        {
            _held.Add(KeyOf(now), _assignments.Count);
            _assignments.Add(now);
        }

        _snapshot = null;
        return new Transition(from, now);
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

    private static (string EmployeeId, string CourseSerial) KeyOf(Assignment one) =>
        (one.Employee.Id, one.Course.Serial);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
