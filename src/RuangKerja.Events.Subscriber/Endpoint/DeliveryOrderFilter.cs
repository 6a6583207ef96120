using System.Runtime.CompilerServices;
using MassTransit;
using MassTransit.RabbitMqTransport;
using RuangKerja.Events.Subscriber.Handling;

namespace RuangKerja.Events.Subscriber.Endpoint;

/// <summary>
/// Gives each delivery its place in the channel's line, and sees to it that whatever becomes of it, those behind it need not
/// wait. Other transports than RabbitMQ have no line.
/// </summary>
internal sealed class DeliveryOrderFilter(TimeProvider time) : IFilter<ReceiveContext>
{
    // A line ends with its channel.
    private readonly ConditionalWeakTable<object, DeliveryLine> _lines = [];

    /// <inheritdoc />
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        if (
            !context.TryGetPayload<RabbitMqBasicConsumeContext>(out var delivery)
            || !context.TryGetPayload<ChannelContext>(out var channel)
        )
        {
            await next.Send(context);
            return;
        }

        var line = _lines.GetValue(channel.Channel, _ => new DeliveryLine(time));
        var turn = context.GetOrAddPayload(() => new DeliveryTurn(line, delivery.DeliveryTag));
        try
        {
            await next.Send(context);
        }
        finally
        {
            turn.End();
        }
    }

    /// <inheritdoc />
    public void Probe(ProbeContext context) => context.CreateFilterScope("deliveryOrder");
}
