namespace RuangKerja.Events.Errors;

/// <summary>The names of the queues of one subscriber.</summary>
/// <param name="Queue">Where its messages come in.</param>
internal sealed record ErrorQueueNames(string Queue)
{
    /// <summary>What MassTransit appends for the messages that no attempt could handle.</summary>
    public const string Suffix = "_error";

    /// <summary>Where they go then; MassTransit makes it for the first of them.</summary>
    public string ErrorQueue => Queue + Suffix;
}
