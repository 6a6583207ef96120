using MassTransit;
using MassTransit.Transports;

namespace RuangKerja.Events.Subscriber.Endpoint;

/// <summary>Moves what was given up into the error queue, with its reason, however long that is and whether the queue is there or not.</summary>
internal sealed class ErrorQueueFilter : IFilter<ExceptionReceiveContext>
{
    /// <inheritdoc />
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        FaultHeaders.Shorten(context.ExceptionHeaders);
        if (!context.TryGetPayload<IErrorTransport>(out var errors))
            throw new TransportException(context.InputAddress, "The endpoint's transport has no error queue.");

        try
        {
            await errors.Send(context);
        }
        catch (MessageReturnedException)
        {
            // Somebody has deleted the queue and left its exchange: MassTransit declares it anew the next time, having
            // heard of it. Without a second try the message would go through all its attempts once more first.
            await errors.Send(context);
        }

        await next.Send(context);
    }

    /// <inheritdoc />
    public void Probe(ProbeContext context) => context.CreateFilterScope("errorQueue");
}
