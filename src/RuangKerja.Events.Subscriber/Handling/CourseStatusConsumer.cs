using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Subscriber.Handling;

/// <summary>Takes every change that comes to the queue, and hands those that are new to the team's consumer.</summary>
internal sealed class CourseStatusConsumer<TConsumer>(Subscription<TConsumer> subscription, IServiceProvider scope)
    : IConsumer<CourseStatusChanged>
    where TConsumer : class, IConsumer
{
    /// <inheritdoc />
    public async Task Consume(ConsumeContext<CourseStatusChanged> context)
    {
        var delivery = Deliveries.Read(subscription.Settings.Queue, context);
        await using var entry = await subscription.Inbox.OpenAsync(delivery, context.CancellationToken);
        if (entry.Verdict == Verdict.Handle)
        {
            scope.GetRequiredService<CurrentTransaction>().Value = entry.Transaction;
            await Handlers<TConsumer>.HandleAsync(scope.GetRequiredService<TConsumer>(), context);
        }

        await entry.CommitAsync(context.CancellationToken);
    }
}
