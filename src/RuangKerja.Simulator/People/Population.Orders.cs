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

    /// <summary>Whether there is an assignment that the order matches, movable or not.</summary>
    internal bool Has(TransitionOrder order)
    {
        lock (_gate)
            return _assignments.Exists(order.Matches);
    }

    private Assignment? Choose(Predicate<Assignment> qualifies) => FromRandomPlace(_assignments, one => qualifies(one));
}
