using MassTransit;
using MassTransit.Transports;

namespace RuangKerja.Events.Subscriber.Endpoint;

/// <summary>Moves what was given up into the error queue, with its reason, however long that is and whether the queue is there or not.</summary>
internal sealed class ErrorQueueFilter : IFilter<ExceptionReceiveContext>
{
    /// <summary>
    /// Says of a message that it was given up, also when it is back from the error queue: who sends it again from there leaves out
    /// only what tells of the fault.
    /// </summary>
    public const string GivenUpHeader = "ruangkerja-given-up";

    /// <inheritdoc />
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        // MassTransit makes this of a cancellation that is not its own: the endpoint is being stopped, and the message was only
        // waiting. A plain cancellation passes its error handling by, and the broker gets the message back.
        if (context.Exception is ConsumerCanceledException stopped)
            throw EndpointLife.ComesAgain(stopped);

        FaultHeaders.Shorten(context.ExceptionHeaders);
        context.ExceptionHeaders.Set(GivenUpHeader, "true");
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
