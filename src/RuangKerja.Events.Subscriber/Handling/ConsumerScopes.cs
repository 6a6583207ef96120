using MassTransit;
using MassTransit.Context;
using MassTransit.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Subscriber.Handling;

/// <summary>
/// Runs the team's consumer in a scope of its own for each attempt, so that nothing of a failed one is left in the next: neither
/// what a database context has tracked nor a transaction that is over. In it the consumer, and what it depends on, find
/// MassTransit's context as in any consumer.
/// </summary>
internal sealed class ConsumerScopes<TConsumer>(IServiceScopeFactory scopes)
    where TConsumer : class, IConsumer
{
    /// <summary>Hands the message to the consumer as each of the types it consumes.</summary>
    /// <param name="transaction">The subscriber's, for the consumer to write in; null without a database.</param>
    public async Task ConsumeAsync(ConsumeContext<CourseStatusChanged> context, InboxTransaction? transaction)
    {
        await using var scope = scopes.CreateAsyncScope();
        var provider = scope.ServiceProvider;
        provider.GetRequiredService<CurrentTransaction>().Value = transaction;
        var scoped = new ConsumeContextScope<CourseStatusChanged>(context, scope, provider);
        using var pushed = provider.GetRequiredService<IScopedConsumeContextProvider>().PushContext(scoped);
        await Handlers<TConsumer>.HandleAsync(provider.GetRequiredService<TConsumer>(), scoped);
    }
}
