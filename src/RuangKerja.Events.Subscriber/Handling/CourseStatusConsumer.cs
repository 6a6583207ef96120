using MassTransit;
using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Subscriber.Handling;

/// <summary>What MassTransit knows as the consumer of the subscriber's queue: it takes every change that comes there.</summary>
internal sealed class CourseStatusConsumer<TConsumer>(DeliveryHandler<TConsumer> handler)
    : IConsumer<CourseStatusChanged>
    where TConsumer : class, IConsumer
{
    /// <inheritdoc />
    public Task Consume(ConsumeContext<CourseStatusChanged> context) => handler.HandleAsync(context);
}
