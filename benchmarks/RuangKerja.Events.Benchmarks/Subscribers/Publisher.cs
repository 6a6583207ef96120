using MassTransit;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Testing;

namespace RuangKerja.Events.Benchmarks.Subscribers;

/// <summary>Fills queues as the service does.</summary>
internal sealed class Publisher : IAsyncDisposable
{
    private const int Versions = 5;
    private const int AtOnce = 500;

    private readonly IBusControl _bus;

    private Publisher(IBusControl bus) => _bus = bus;

    public static async Task<Publisher> StartAsync(Uri broker, CancellationToken cancellationToken)
    {
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(broker));
        await bus.StartAsync(cancellationToken);
        return new Publisher(bus);
    }

    /// <summary>Five events of each assignment, in order; confirmed by the broker when this returns.</summary>
    public async Task FillAsync(string queue, int messages, CancellationToken cancellationToken)
    {
        var endpoint = await _bus.GetSendEndpoint(new Uri($"exchange:{queue}"));
        var assignments = Enumerable.Range(0, messages / Versions).Select(n => new TestAssignment($"ID-{n}")).ToList();
        Func<TestAssignment, CourseStatusChanged>[] life =
        [
            assignment => assignment.Assigned(),
            assignment => assignment.Started(),
            assignment => assignment.Completed(),
            assignment => assignment.Reopened(),
            assignment => assignment.Completed(),
        ];
        foreach (var step in life)
        foreach (var some in assignments.Chunk(AtOnce))
            await Task.WhenAll(
                some.Select(step).Select(change => endpoint.Send(change, change.GetType(), cancellationToken))
            );
    }

    public async ValueTask DisposeAsync() => await _bus.StopAsync();
}
