namespace RuangKerja.Events.Relay;

/// <summary>What the broker did with a message.</summary>
public enum PublishOutcome
{
    /// <summary>It has it, on at least one queue.</summary>
    Confirmed,

    /// <summary>No queue takes it.</summary>
    Unroutable,
}
