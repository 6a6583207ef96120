using MassTransit;
using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Subscriber.Handling;

/// <summary>One subscriber of a process: what all its messages share.</summary>
internal sealed record Subscription<TConsumer>(SubscriberSettings Settings, IInbox Inbox)
    where TConsumer : class, IConsumer;
