using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Subscriber.Testing;

/// <summary>What became of a message that a test has delivered.</summary>
/// <param name="Change">The message.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Error">What the consumer has thrown the last time; null unless it failed.</param>
public sealed record DeliveryResult(CourseStatusChanged Change, DeliveryOutcome Outcome, Exception? Error = null);

/// <summary>What can become of a message.</summary>
public enum DeliveryOutcome
{
    /// <summary>The consumer has handled it.</summary>
    Handled,

    /// <summary>It is new, and of a kind that the consumer does not consume.</summary>
    NotConsumed,

    /// <summary>It was handled before, and the consumer has not seen it again.</summary>
    Duplicate,

    /// <summary>A later version was handled before, and the consumer has not seen it.</summary>
    Outdated,

    /// <summary>Versions before it are missing: it waits for a replay of them. It takes an inbox that fills gaps.</summary>
    BehindGap,

    /// <summary>The consumer has failed at every attempt: it would be in the error queue now.</summary>
    Faulted,
}
