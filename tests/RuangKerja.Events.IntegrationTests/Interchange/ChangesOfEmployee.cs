using JasperFx.Events;
using Marten.Events.Projections;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.IntegrationTests.Interchange;

/// <summary>A team's own document.</summary>
public sealed class EmployeeChanges
{
    public required string Id { get; init; }
    public int Count { get; set; }
}

/// <summary>A team's own projection, over the streams of many assignments.</summary>
public sealed class ChangesOfEmployee : MultiStreamProjection<EmployeeChanges, string>
{
    public ChangesOfEmployee() => Identity<CourseStatusChanged>(change => change.EmployeeId);

    public override EmployeeChanges? Evolve(EmployeeChanges? snapshot, string id, IEvent e)
    {
        snapshot ??= new EmployeeChanges { Id = id };
        snapshot.Count++;
        return snapshot;
    }
}
