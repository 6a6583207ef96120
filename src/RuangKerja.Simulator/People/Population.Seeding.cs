namespace RuangKerja.Simulator.People;

public sealed partial class Population
{
    // How the population stands at the start, in percent.
    private static readonly (UpstreamStatus[] Path, int Percent)[] FirstStatuses =
    [
        ([], 25),
        ([UpstreamStatus.InProgress], 30),
        ([UpstreamStatus.InProgress, UpstreamStatus.Completed], 30),
        ([UpstreamStatus.InProgress, UpstreamStatus.Failed], 7),
        ([UpstreamStatus.Expired], 8),
    ];

    private readonly Course[] _onlineCourses;

    // Every key a feed row ever had: none may come to stand for another assignment.
    private readonly HashSet<(string Serial, string EmployeeId, string CourseName)> _usedKeys = [];

    // The serial under which a course is assigned to many employees at once.
    private readonly Dictionary<string, string> _groupSerials = [];
    private readonly Dictionary<string, string> _lastSerials = [];

    internal Population(SimulatorOptions options, TimeSpan offset, int seed, DateTimeOffset start)
    {
        _options = options;
        _offset = offset;
        _seed = seed;
        _random = new Random(seed);
        _feed = new FeedReplica(seed);
        _rosters = new RosterReplica(seed);
        _serials = new SerialMint(_random);
        _courses = MakeCourses();
        _onlineCourses = [.. _courses.Where(course => course.Roster == OnlineRoster.Present)];
        for (var i = 0; i < options.Employees; i++)
            Join();
        MakeAssignments(start);
    }

    private Course[] MakeCourses()
    {
        var online = Enumerable
            .Range(0, _options.Courses)
            .Select(i => MakeCourse(CourseTitles.Name("ONLINE", i), OnlineRoster.Present));
        var sameNamed = Enumerable
            .Range(0, _options.SameNamedCourses)
            .Select(i => MakeCourse(CourseTitles.Name("ONLINE", i % _options.Courses), OnlineRoster.Present));
        var others = Enumerable
            .Range(0, _options.CoursesWithoutRoster)
            .Select(i =>
                i % 2 == 0
                    ? MakeCourse(CourseTitles.Name("WEBINAR", i), OnlineRoster.Empty)
                    : MakeCourse(CourseTitles.Name("OFFLINE", i), OnlineRoster.Refused)
            );
        return [.. online, .. sameNamed, .. others];
    }

    private Course MakeCourse(string name, OnlineRoster roster)
    {
        var course = new Course(_serials.Make("COURSE"), name, $"Materi pelatihan: {name}", roster);
        _groupSerials.Add(course.Serial, _serials.Make("ASGC"));
        return course;
    }

    private void MakeAssignments(DateTimeOffset start)
    {
        Course[] courses = [.. _onlineCourses];
        var made = new List<Assignment>();
        foreach (var employee in _employees)
        {
            _random.Shuffle(courses);
            foreach (var course in courses.Take(_options.AssignmentsPerEmployee))
                made.Add(FirstState(NewAssignment(employee, course, SomeTimeBefore(start))));
        }

        // In the order in which they came to be what they are, so that the ledger begins in order.
        foreach (var assignment in made.OrderBy(one => one.UpdatedAt))
            Add(assignment, assignment.UpdatedAt);
    }

    private DateTimeOffset SomeTimeBefore(DateTimeOffset start) =>
        Instant(start - TimeSpan.FromSeconds(_random.NextInt64((long)_options.History.TotalSeconds + 1)));

    private Assignment FirstState(Assignment assignment)
    {
        var lot = _random.Next(100);
        foreach (var (path, percent) in FirstStatuses)
        {
            lot -= percent;
            if (lot < 0)
                return path.Aggregate(assignment, (one, to) => one.MovedTo(to, one.UpdatedAt, _random));
        }

        return assignment;
    }

    private Assignment NewAssignment(Employee employee, Course course, DateTimeOffset at, string? serial = null) =>
        new()
        {
            AssignedCourseSerial = serial ?? SerialFor(employee, course),
            Employee = employee,
            Course = course,
            UpdatedAt = at,
            LeavesOutEmptyCompletedAt = _random.Next(2) == 0,
        };

    /// <summary>
    /// Mostly a new serial; at times the employee's last one (several courses under one serial) or the course's group serial
    /// (several employees under one serial). The first employee's courses always share one, so that every population with
    /// two courses per employee has the case.
    /// </summary>
    private string SerialFor(Employee employee, Course course)
    {
        var lot = _random.Next(100);
        var last = _lastSerials.GetValueOrDefault(employee.Id);
        var first = employee == _employees[0];
        var serial =
            last is not null && (lot < 15 || first) ? last
            : lot >= 75 ? _groupSerials[course.Serial]
            : _serials.Make("ASGC");
        if (!_usedKeys.Add((serial, employee.Id, course.Name)))
        {
            serial = _serials.Make("ASGC");
            _usedKeys.Add((serial, employee.Id, course.Name));
        }

        return _lastSerials[employee.Id] = serial;
    }
}
