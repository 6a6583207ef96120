using RuangKerja.Simulator.Life;

namespace RuangKerja.Simulator.People;

public sealed partial class Population
{
    /// <summary>The course the order means; null when there is none.</summary>
    internal Course? Find(RenameOrder order)
    {
        lock (_gate)
        {
            return order.CourseSerial is { } serial
                ? Array.Find(_courses, course => course.Serial == serial)
                : FromRandomPlace(_onlineCourses, _ => true);
        }
    }

    /// <summary>Gives a course another name, in the catalogue and in every row of it.</summary>
    internal Course Rename(Course course, string name)
    {
        lock (_gate)
        {
            var renamed = course with { Name = name };
            // A list given out stays as it is.
            _courses = [.. _courses.Select(one => one.Serial == course.Serial ? renamed : one)];
            if (Array.FindIndex(_onlineCourses, one => one.Serial == course.Serial) is >= 0 and var online)
                _onlineCourses[online] = renamed;

            for (var place = 0; place < _assignments.Count; place++)
            {
                var one = _assignments[place];
                if (one.Course.Serial != course.Serial)
                    continue;
                _assignments[place] = one with { Course = renamed };
                _usedKeys.Add((one.AssignedCourseSerial, one.Employee.Id, name));
            }

            _snapshot = null;
            _feed.Rename(renamed);
            _rosters.Rename(renamed);
            return renamed;
        }
    }
}
