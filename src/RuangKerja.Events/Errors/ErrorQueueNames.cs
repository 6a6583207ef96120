namespace RuangKerja.Events.Errors;

/// <summary>The names of a subscriber's queue and of one beside it that holds what it could not handle.</summary>
/// <param name="Queue">Where its messages come in.</param>
/// <param name="Suffix">Which of the queues beside it is meant: <see cref="Failed"/> or <see cref="Dead"/>.</param>
public sealed record ErrorQueueNames(string Queue, string Suffix)
{
    /// <summary>What MassTransit appends for the messages that no attempt could handle; it makes that queue for the first of them.</summary>
    public const string Failed = "_error";

    /// <summary>What the kit for subscribers appends for the messages that the broker has handed out too often.</summary>
    public const string Dead = "_dead";

    /// <summary>The queue that is looked into.</summary>
    public string ErrorQueue => Queue + Suffix;
}
