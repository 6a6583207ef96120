namespace RuangKerja.Events.Subscriber;

/// <summary>A subscriber cannot be set up as it is described.</summary>
/// <param name="subscriber">Its queue.</param>
/// <param name="faults">Everything that is wrong, as sentences: what was found and what is allowed.</param>
public sealed class SubscriberOptionsException(string subscriber, IReadOnlyList<string> faults)
    : Exception($"The subscriber '{subscriber}' cannot be set up. {string.Join(' ', faults)}")
{
    /// <summary>The queue.</summary>
    public string Subscriber { get; } = subscriber;

    /// <summary>Everything that is wrong.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
