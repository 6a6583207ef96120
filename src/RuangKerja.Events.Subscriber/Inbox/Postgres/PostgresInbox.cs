using Npgsql;

namespace RuangKerja.Events.Subscriber.Inbox.Postgres;

/// <summary>
/// An inbox in the subscriber's own database, with a transaction for each message: ① begins, keeps others from the assignment
/// and reads what is known of it, in one round trip ② judges ③ the consumer writes its effect ④ marks and commits, in one more.
/// </summary>
internal sealed class PostgresInbox(
    NpgsqlDataSource source,
    PostgresInboxTables tables,
    InboxStatements statements,
    InboxReports reports,
    PostgresInboxOptions options,
    SubscriberSettings settings
) : IInbox, IDisposable
{
    // Each holds a connection.
    private readonly Slots _transactions = new(settings.Concurrency);

    /// <inheritdoc />
    public async Task<IInboxEntry> OpenAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        StorableText.Check(delivery);
        await tables.EnsureAsync(cancellationToken);
        var slot = await _transactions.TakeAsync(cancellationToken);
        var entry = new InboxTransactionEntry(delivery, statements, reports, options.CommandTimeoutSeconds, slot);
        try
        {
            await entry.BeginAsync(source, settings.FillGaps, cancellationToken);
            return entry;
        }
        catch (Exception error)
        {
            await entry.DisposeAsync();
            if (error is OperationCanceledException)
                throw;
            throw InboxFailures.Describe(
                $"Opening the inbox for version {delivery.Version} of '{delivery.AssignmentId}'",
                error
            );
        }
    }

    /// <inheritdoc />
    public async Task NoteGivenUpAsync(Delivery delivery, string reason, CancellationToken cancellationToken)
    {
        // Nothing is known of it, and nothing will be.
        if (!StorableText.CanHold(delivery))
            return;
        await using var entry = (InboxTransactionEntry)await OpenAsync(delivery, cancellationToken);
        await entry.GiveUpAsync(reason);
    }

    /// <inheritdoc />
    public void Dispose() => _transactions.Dispose();
}
