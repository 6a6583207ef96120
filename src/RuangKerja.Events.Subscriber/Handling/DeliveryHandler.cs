using MassTransit;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Endpoint;
using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Subscriber.Handling;

/// <summary>
/// Brings each delivery to its end: (1) it waits for those of its assignment that came before it, (2) the inbox judges it, (3) the
/// team's consumer handles it if it is new, (4) the inbox marks it; 2 to 4 are tried again when they fail, (5) until it is
/// given up.
/// </summary>
internal sealed class DeliveryHandler<TConsumer>(Subscription<TConsumer> subscription)
    where TConsumer : class, IConsumer
{
    /// <summary>Returns when the delivery is settled and may be acknowledged.</summary>
    /// <exception cref="GivenUpException">It is given up, and belongs into the error queue.</exception>
    /// <exception cref="OperationCanceledException">The endpoint is being stopped: it comes again.</exception>
    public async Task HandleAsync(ConsumeContext<CourseStatusChanged> context)
    {
        var delivery = Deliveries.Read(subscription.Settings.Queue, context);
        var turn = context.ReceiveContext.TryGetPayload<DeliveryTurn>(out var ordered) ? ordered : null;
        var place = await EnterAsync(delivery, turn, context.CancellationToken);
        try
        {
            await place.ComeAsync(context.CancellationToken);
            await subscription.Patience.PassUnlessStoppingAsync(context.CancellationToken);
            await SettleAsync(delivery, context);
        }
        catch (OperationCanceledException)
        {
            place.ComeAgain();
            throw;
        }
        finally
        {
            if (turn is not null && place.IsComingAgain)
                turn.Keep(place);
            else
                place.Dispose();
        }
    }

    private async Task SettleAsync(Delivery delivery, ConsumeContext<CourseStatusChanged> context)
    {
        if (Deliveries.CountOf(context) >= subscription.Settings.DeliveryLimit)
            await subscription.Patience.UntilDoneAsync(
                () => ExpectTheWorstAsync(delivery, context.CancellationToken),
                context.CancellationToken
            );
        await TryAsync(delivery, context);
    }

    private async Task<AssignmentGates.Place> EnterAsync(
        Delivery delivery,
        DeliveryTurn? turn,
        CancellationToken cancellationToken
    )
    {
        if (turn is not null)
            await turn.ComeAsync(cancellationToken);
        turn?.Leave();
        var place = subscription.Gates.Enter(delivery.Company, delivery.AssignmentId, turn?.Channel);
        turn?.Pass();
        return place;
    }

    private async Task TryAsync(Delivery delivery, ConsumeContext<CourseStatusChanged> context)
    {
        for (var failed = 1; ; failed++)
        {
            try
            {
                await subscription.Patience.UntilDoneAsync(
                    () => AttemptAsync(delivery, context),
                    context.CancellationToken
                );
                return;
            }
            catch (Exception error)
            {
                // Whatever a consumer throws that is being stopped, nothing is known against the message.
                if (context.CancellationToken.IsCancellationRequested || IsStopping(error))
                    throw EndpointLife.ComesAgain(error);
                if (failed >= subscription.Settings.Retry.Attempts)
                    throw await GiveUpAsync(delivery, failed, error, context.CancellationToken);
                subscription.Reports.Failed(delivery, failed, error, subscription.Settings.Retry.WaitAfter(failed));
            }

            await subscription.Patience.WaitAsync(failed, context.CancellationToken);
        }
    }

    private async Task AttemptAsync(Delivery delivery, ConsumeContext<CourseStatusChanged> context)
    {
        await using var entry = await subscription.Inbox.OpenAsync(delivery, context.CancellationToken);
        if (entry.Verdict == Verdict.Handle)
        {
            // One that waits for the inbox does not keep others from being handled.
            using var slot = await subscription.Slots.TakeAsync(context.CancellationToken);
            await subscription.Scopes.ConsumeAsync(context, entry.Transaction);
        }

        await entry.CommitAsync(context.CancellationToken);
        subscription.Reports.Settled(delivery, entry.Verdict);
        context.ReceiveContext.GetOrAddPayload(() => new Settlement(entry.Verdict));
    }

    /// <summary>
    /// The broker hands it out for the last time: whoever died of it before may do so again, and nobody would note then that it is
    /// given up. Later versions would wait for it, or ask for it and die of it once more.
    /// </summary>
    private async Task ExpectTheWorstAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        await using (var entry = await subscription.Inbox.OpenAsync(delivery, cancellationToken))
        {
            if (entry.Verdict != Verdict.Handle)
                return;
        }

        subscription.Reports.LastDelivery(delivery);
        await subscription.Inbox.NoteGivenUpAsync(delivery, "handed out too often", cancellationToken);
    }

    private async Task<GivenUpException> GiveUpAsync(
        Delivery delivery,
        int attempts,
        Exception error,
        CancellationToken cancellationToken
    )
    {
        var reason = $"{error.GetType().Name}: {error.Message}";
        await subscription.Patience.UntilDoneAsync(
            () => subscription.Inbox.NoteGivenUpAsync(delivery, reason, cancellationToken),
            cancellationToken
        );
        subscription.Reports.GivenUp(delivery, attempts, error);
        return new GivenUpException(delivery, attempts, error);
    }

    private bool IsStopping(Exception error) =>
        error is OperationCanceledException && subscription.Life.Stopping.IsCancellationRequested;
}
