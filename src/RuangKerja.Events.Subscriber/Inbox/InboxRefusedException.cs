namespace RuangKerja.Events.Subscriber.Inbox;

/// <summary>
/// The database refuses this message, or what the consumer wrote with it: it fails as if the consumer had, and is given up
/// after its attempts. Other messages need not have the same trouble.
/// </summary>
public sealed class InboxRefusedException(string message, Exception? inner = null) : Exception(message, inner);
