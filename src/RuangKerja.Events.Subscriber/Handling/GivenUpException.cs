using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Subscriber.Handling;

/// <summary>
/// A message was tried as often as it is to be. MassTransit moves it to the error queue, with the reason of the inner exception;
/// that may be a cancellation of the consumer's own, which MassTransit would take for the endpoint's.
/// </summary>
internal sealed class GivenUpException(Delivery delivery, int attempts, Exception inner)
    : Exception(
        $"Version {delivery.Version} of assignment '{delivery.AssignmentId}' was given up after {attempts} attempts.",
        inner
    );
