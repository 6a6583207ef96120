namespace RuangKerja.Events.Polling.Rosters;

/// <summary>Where work is left for whichever instance is free.</summary>
public interface ISweepQueue
{
    /// <summary>Leaves a command; returns when the queue has it for certain.</summary>
    /// <exception cref="SweepQueueException">It could not be left.</exception>
    Task SendAsync(SweepRoster command, CancellationToken cancellationToken);
}

/// <summary>The broker did not take a command. The message says what was found and what to do.</summary>
public sealed class SweepQueueException(string reason, string hint, Exception inner)
    : Exception($"{reason} {hint}", inner),
        IExplained
{
    /// <inheritdoc />
    public string Reason => reason;

    /// <inheritdoc />
    public string Hint => hint;
}
