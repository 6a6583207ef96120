using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Subscriber.Handling;

/// <summary>
/// A message was tried as often as it is to be: MassTransit moves it to the error queue, with the reason of the innermost
/// exception.
/// </summary>
internal sealed class GivenUpException(Delivery delivery, int attempts, Exception error)
    : Exception(
        $"Version {delivery.Version} of assignment '{delivery.AssignmentId}' was given up after {attempts} attempts: "
            + $"{error.GetType().Name}: {error.Message}",
        // A cancellation, as of a call that took too long, MassTransit would take for the endpoint's own.
        error.GetBaseException() is OperationCanceledException
            ? null
            : error
    )
{
    /// <summary>What the consumer has thrown the last time.</summary>
    public Exception Error { get; } = error;
}
