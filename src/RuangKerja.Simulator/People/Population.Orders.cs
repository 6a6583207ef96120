using RuangKerja.Simulator.Life;

namespace RuangKerja.Simulator.People;

public sealed partial class Population
{
    /// <summary>Moves one assignment that the order matches. Null when none can move as ordered.</summary>
    internal Transition? CarryOut(TransitionOrder order, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (order.To is { } to)
            {
                var chosen =
                    Choose(order, one => Lifecycle.Allows(one.Status, to)) ?? Choose(order, one => one.Status != to);
                return chosen is null ? null : Move(chosen, to, at);
            }

            return
                Choose(order, one => one.Status != UpstreamStatus.Expired) is { } movable
                && Lifecycle.Next(movable.Status, _random) is { } next
                ? Move(movable, next, at)
                : null;
        }
    }

    /// <summary>Assigns a course the order matches to an employee it matches. Null when every such employee holds every such course.</summary>
    internal Transition? CarryOut(AssignmentOrder order, DateTimeOffset at)
    {
        lock (_gate)
        {
            var courses = _onlineCourses.Where(order.Matches).ToList();
            return
                FromRandomPlace(_employees, one => order.Matches(one) && courses.Exists(course => !Holds(one, course)))
                    is { } employee
                && FromRandomPlace(courses, course => !Holds(employee, course)) is { } vacant
                ? Add(NewAssignment(employee, vacant, Instant(at)), at)
                : null;
        }
    }

    /// <summary>Assigns a course that is held once more, under a serial of its own. Null when no assignment matches.</summary>
    internal Transition? Reassign(AssignmentChoice choice, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (Choose(choice) is not { } held)
                return null;

            var again = NewAssignment(held.Employee, held.Course, Instant(at), _serials.Make("ASGC"));
            return Add(again, at);
        }
    }

    /// <summary>Moves <c>updatedAt</c> and what work leaves behind; those being worked on go first. Null when no assignment matches.</summary>
    internal Assignment? Touch(AssignmentChoice choice, DateTimeOffset at)
    {
        lock (_gate)
        {
            var chosen = Choose(choice, one => one.Status == UpstreamStatus.InProgress) ?? Choose(choice);
            return chosen is null ? null : Touch(chosen, at);
        }
    }

    /// <summary>
    /// Takes an employee off a course: the assignments of it, superseded ones too, or the one alone whose serial is given.
    /// </summary>
    /// <returns>What is gone, as it stood; none when no assignment matches.</returns>
    internal Assignment[] Remove(AssignmentChoice choice, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (Choose(choice) is not { } chosen)
                return [];

            var gone = choice.AssignedCourseSerial is null ? _held[KeyOf(chosen)] : [chosen.Number];
            return [.. gone.Select(number => Remove(number, at))];
        }
    }

    /// <summary>The first employee by id who does not hold the course; somebody joins when all do.</summary>
    internal Employee FirstWithout(Course course)
    {
        lock (_gate)
        {
            var without = _employees.Where(one => !Holds(one, course));
            return without.MinBy(one => one.Id, StringComparer.Ordinal) ?? Join();
        }
    }

    /// <summary>The first employee by id who holds the course; null when nobody does.</summary>
    internal Employee? FirstHolder(Course course)
    {
        lock (_gate)
            return _employees.Where(one => Holds(one, course)).MinBy(one => one.Id, StringComparer.Ordinal);
    }

    /// <summary>Whether there is an assignment that the order matches, movable or not.</summary>
    internal bool Has(TransitionOrder order)
    {
        lock (_gate)
            return Choose(order) is not null;
    }

    private Assignment? Choose(AssignmentChoice choice, Predicate<Assignment>? qualifies = null) =>
        FromRandomPlace(
            _assignments,
            one =>
                choice.Matches(one)
                && (choice.AssignedCourseSerial is not null || IsCurrent(one))
                && (qualifies is null || qualifies(one))
        );
}
