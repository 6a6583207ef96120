namespace RuangKerja.Events.Service;

/// <summary>The command line asks for what cannot be; the message says what can.</summary>
public sealed class UsageException(string message) : Exception(message);
