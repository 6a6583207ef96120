using RuangKerja.Events.Courses;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.IntegrationTests.Replay;

/// <summary>What the desk says to requests, with a real broker behind it.</summary>
[Trait("Promise", "P5")]
public sealed class When_a_replay_is_asked_for(Servers servers)
{
    [Fact]
    public async Task Should_be_rejected_when_there_is_no_such_queue()
    {
        await using var bench = await ReplayBench.CreateAsync(servers, employees: 1);

        var answer = await bench.Desk.AskAsync(ReplayBench.To("reports-nowhere"), default);

        var fault = answer.ShouldBeOfType<ReplayAnswer.Rejected>().Faults.ShouldHaveSingleItem();
        fault.Member.ShouldBe("destination");
        fault.Message.ShouldContain("There is no queue 'reports-nowhere'");
        (await bench.Replays.ListAsync([], null, 10, default)).ShouldBeEmpty();
        (await bench.Desk.EstimateAsync(ReplayBench.To("reports-nowhere"), default)).ShouldSatisfyAllConditions(
            estimate => estimate.Faults.ShouldBe([fault]),
            estimate => estimate.Events.Count.ShouldBe(3)
        );
    }

    [Fact]
    public async Task Should_be_rejected_with_all_that_is_wrong_and_the_queue_not_looked_for()
    {
        await using var bench = await ReplayBench.CreateAsync(servers, employees: 1);
        var request = ReplayBench.To("ruangkerja-commands", rate: 0) with
        {
            Filter = new EventFilter { EmployeeId = "a\0" },
        };

        var answer = await bench.Desk.AskAsync(request, default);
        var estimate = await bench.Desk.EstimateAsync(request, default);

        var faults = answer.ShouldBeOfType<ReplayAnswer.Rejected>().Faults;
        faults.Select(fault => fault.Member).ShouldBe(["destination", "rate", "filter.employeeId"]);
        estimate.Faults.ShouldBe(faults);
        estimate.Events.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Should_say_that_the_broker_does_not_let_us_in()
    {
        await using var bench = await ReplayBench.CreateAsync(servers, employees: 1);
        await using var queue = await ReplayQueue.DeclareAsync(bench.Broker, "reports");
        await servers.ForbidAsync(bench.Broker);

        try
        {
            var failure = await Should.ThrowAsync<BrokerException>(() =>
                bench.Desk.AskAsync(ReplayBench.To("reports"), default)
            );
            failure.Message.ShouldContain("Looking for queue 'reports'");
        }
        finally
        {
            await servers.AllowAsync(bench.Broker);
        }
    }

    [Fact]
    public async Task Should_say_that_the_broker_is_away()
    {
        await using var bench = await ReplayBench.CreateAsync(
            servers,
            employees: 1,
            new Uri("amqp://user:hush@127.0.0.1:1/")
        );

        var failure = await Should.ThrowAsync<BrokerException>(() =>
            bench.Desk.AskAsync(ReplayBench.To("reports"), default)
        );

        failure.Kind.ShouldBe(BrokerFailureKind.Unavailable);
        failure.Message.ShouldContain("Relay:RabbitMqUri");
        failure.ToString().ShouldNotContain("hush");
    }

    [Fact]
    public async Task Should_be_one_replay_when_the_same_request_comes_twice()
    {
        await using var bench = await ReplayBench.CreateAsync(servers, employees: 1);
        await using var queue = await ReplayQueue.DeclareAsync(bench.Broker, "reports");
        var request = ReplayBench.To("reports") with { RequestId = Guid.NewGuid(), Door = ReplayDoor.Bus };

        var job = await bench.AskAsync(request);

        var again = await bench.Desk.AskAsync(request, default);
        again.ShouldBeOfType<ReplayAnswer.Accepted>().IsNew.ShouldBeFalse();
        (await bench.AskAsync(request)).Id.ShouldBe(job.Id);
        await queue.DeleteAsync();
        (await bench.AskAsync(request with { Rate = 0 })).Id.ShouldBe(
            job.Id,
            "it was checked when it was asked for first"
        );
        var other = await bench.Desk.AskAsync(request with { Destination = "reports-other" }, default);
        other.ShouldBeOfType<ReplayAnswer.Rejected>().Faults.ShouldHaveSingleItem().Member.ShouldBe("requestId");
    }
}
