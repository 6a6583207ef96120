using RuangKerja.Events.Contracts;
using RuangKerja.Events.IntegrationTests.EndToEnd;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Life;
using RuangKerja.Simulator.People;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>Completions that are undone, repeated and given again under a new assignment; a status that is another at each poll.</summary>
[Trait("Promise", "P3")]
public sealed class When_a_status_goes_back(Servers servers)
{
    private const UpstreamStatus Begun = UpstreamStatus.InProgress;
    private const UpstreamStatus Done = UpstreamStatus.Completed;

    private static readonly UpstreamStatus[] Back = [Begun, Done, UpstreamStatus.NotStarted, Begun, Done];
    private static readonly UpstreamStatus[] Flapping = [Done, Begun, Done, Begun, Done];

    [Fact]
    public async Task F36_P3_Should_be_told_by_its_name_and_issue_each_certificate_once()
    {
        await using var bench = await FaultBench.PrepareAsync(servers, new SimulatorOptions { Employees = 40 });
        await using var certificates = await MassTransitSubscriber<CourseCompleted>.StartAsync(bench.Deployment.Broker);
        await bench.StartPipelineAsync();
        var before = bench.Simulator.Ledger.LastSeq;
        var idle = bench
            .Simulator.World.Company()
            .Population.Assignments.Where(one => one.Status == UpstreamStatus.NotStarted)
            .DistinctBy(one => one.Employee.Id)
            .Take(3)
            .ToList();
        var (back, flapping, again) = (idle[0], idle[1], idle[2]);

        for (var step = 0; step < Back.Length; step++)
        {
            Move(bench, back, Back[step]);
            Move(bench, flapping, Flapping[step]);
            if (step == 0)
                Move(bench, again, Done);
            if (step == 1)
                again = Reassign(bench, again);
            if (step == 2)
                Move(bench, again, Done);
            await bench.Subscriber.WaitForAsync(bench.Simulator.Ledger.After(before).Count);
        }

        await bench.Deployment.WaitForEmptyOutboxAsync();
        bench.Subscriber.Received.ShouldTell(bench.Simulator.Ledger.After(before));
        Told(bench, back).ShouldBe("started 1, completed 1, reopened 2, started 2, completed 2");
        Told(bench, flapping).ShouldBe("completed 1, reopened 2, completed 2, reopened 3, completed 3");
        Told(bench, again).ShouldBe("assigned 1, completed 1");
        await certificates.ReceiveAllAsync();
        var issued = certificates.Received.Select(one => (one.AssignmentId, one.Attempt)).ToList();
        issued.ShouldBeUnique();
        issued.Count.ShouldBe(2 + 3 + 2);
    }

    private static void Move(FaultBench bench, Assignment one, UpstreamStatus to) =>
        bench.Simulator.Transition(
            new TransitionOrder
            {
                AssignedCourseSerial = one.AssignedCourseSerial,
                EmployeeId = one.Employee.Id,
                CourseSerial = one.Course.Serial,
                To = to,
            }
        );

    private static Assignment Reassign(FaultBench bench, Assignment one)
    {
        var entry = bench.Simulator.Reassign(
            new AssignmentChoice { EmployeeId = one.Employee.Id, CourseSerial = one.Course.Serial }
        );
        return one with { AssignedCourseSerial = entry.AssignedCourseSerial };
    }

    private static string Told(FaultBench bench, Assignment one) =>
        string.Join(
            ", ",
            bench
                .Subscriber.Received.Where(told =>
                    told.AssignedCourseSerial == one.AssignedCourseSerial
                    && told.EmployeeId == one.Employee.Id
                    && told.CourseName == one.Course.Name
                )
                .Select(told => $"{told.Kind} {told.Attempt}")
        );
}
