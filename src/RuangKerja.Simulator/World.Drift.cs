using RuangKerja.Simulator.Life;
using RuangKerja.Simulator.People;

namespace RuangKerja.Simulator;

public sealed partial class World
{
    /// <summary>Assigns the course to the first employee by id who does not hold it; somebody joins when all do.</summary>
    internal void InsertHolder(Company company, Course course, DateTimeOffset now)
    {
        lock (_change)
        {
            var employee = company.Population.FirstWithout(course);
            var order = new AssignmentOrder
            {
                Company = company.Name,
                EmployeeId = employee.Id,
                CourseSerial = course.Serial,
            };
            Assign(order, now);
        }
    }

    /// <summary>Takes the first holder by id off the course; does nothing when there is none.</summary>
    internal void RemoveFirstHolder(Company company, Course course, DateTimeOffset now)
    {
        lock (_change)
        {
            if (company.Population.FirstHolder(course) is not { } employee)
                return;

            var choice = new AssignmentChoice
            {
                Company = company.Name,
                EmployeeId = employee.Id,
                CourseSerial = course.Serial,
            };
            Remove(choice, now);
        }
    }
}
