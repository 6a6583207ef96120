namespace RuangKerja.Events.Subscriber.Inbox;

/// <summary>The inbox could not be used: what was being done, what was found, what to do.</summary>
public sealed class InboxException(string message, Exception? inner = null) : Exception(message, inner);
