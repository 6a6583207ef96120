using System.Reflection;
using MassTransit;
using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Subscriber.Handling;

/// <summary>Calls a consumer with a message as each of the types that it consumes and the message is.</summary>
internal static class Handlers<TConsumer>
    where TConsumer : class, IConsumer
{
    private delegate Task Handler(TConsumer consumer, ConsumeContext<CourseStatusChanged> context);

    private static readonly Handler[] All = [.. ConsumerKinds.Of(typeof(TConsumer)).Select(HandlerOf)];

    /// <summary>Nothing, for a kind that it does not consume.</summary>
    public static async Task HandleAsync(TConsumer consumer, ConsumeContext<CourseStatusChanged> context)
    {
        foreach (var handler in All)
            await handler(consumer, context);
    }

    private static Handler HandlerOf(Type kind) =>
        typeof(Handlers<TConsumer>)
            .GetMethod(nameof(ConsumeAsync), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(kind)
            .CreateDelegate<Handler>();

    private static Task ConsumeAsync<TKind>(TConsumer consumer, ConsumeContext<CourseStatusChanged> context)
        where TKind : CourseStatusChanged =>
        context.TryGetMessage(out ConsumeContext<TKind>? typed)
            ? ((IConsumer<TKind>)consumer).Consume(typed)
            : Task.CompletedTask;
}
