namespace RuangKerja.Events.Subscriber.Inbox;

/// <summary>Carries the transaction of the message that is being handled into its scope.</summary>
internal sealed class CurrentTransaction
{
    /// <summary>Null without a message, and for an inbox without a database.</summary>
    public InboxTransaction? Value { get; set; }

    /// <summary>The transaction, for who cannot do without.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public InboxTransaction Require() =>
        Value
        ?? throw new InvalidOperationException(
            $"An {nameof(InboxTransaction)} was asked for where there is none: only what handles a message has one, and only "
                + "with an inbox in PostgreSQL. Choose it with options.UsePostgresInbox(…)."
        );
}
