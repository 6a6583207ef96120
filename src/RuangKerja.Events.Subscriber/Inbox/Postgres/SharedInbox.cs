using Npgsql;

namespace RuangKerja.Events.Subscriber.Inbox.Postgres;

/// <summary>
/// An inbox in the subscriber's own database without a transaction for each message: what several deliveries of different
/// assignments read at the same time is one statement, and what they mark is another. Nothing is locked while the consumer
/// works: of two processes that get the same event at once both may handle it.
/// </summary>
internal sealed class SharedInbox : IInbox, IDisposable
{
    // So that a run never takes long, and the next one gathers some.
    private const int Most = 200;

    private readonly NpgsqlDataSource _source;
    private readonly PostgresInboxTables _tables;
    private readonly InboxStatements _statements;
    private readonly InboxReports _reports;
    private readonly PostgresInbox _single;
    private readonly bool _fillGaps;
    private readonly int _timeoutSeconds;
    private readonly Gathering<Delivery, Known> _reading;
    private readonly Gathering<Delivery, bool> _marking;

    public SharedInbox(
        NpgsqlDataSource source,
        PostgresInboxTables tables,
        InboxStatements statements,
        InboxReports reports,
        PostgresInboxOptions options,
        SubscriberSettings settings
    )
    {
        (_source, _tables, _statements, _reports, _fillGaps) = (source, tables, statements, reports, settings.FillGaps);
        _single = new PostgresInbox(source, tables, statements, reports, options, settings);
        _timeoutSeconds = options.CommandTimeoutSeconds;
        _reading = new(ReadAsync, Most);
        _marking = new(MarkAsync, Most);
    }

    /// <inheritdoc />
    public async Task<IInboxEntry> OpenAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        StorableText.Check(delivery);
        await _tables.EnsureAsync(cancellationToken);
        var known = await _reading.RunAsync(delivery);
        var judgement = VersionGuard.Judge(known.Progress, delivery, known.IsHandled, _fillGaps);
        // Rare, and what is judged there is judged under the assignment's lock.
        return judgement.Verdict == Verdict.BehindGap
            ? await OpenBehindGapAsync(delivery, cancellationToken)
            : new Entry(this, delivery, judgement.Verdict, _fillGaps ? judgement.Missing : 0);
    }

    /// <inheritdoc />
    public Task NoteGivenUpAsync(Delivery delivery, string reason, CancellationToken cancellationToken) =>
        _single.NoteGivenUpAsync(delivery, reason, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _single.Dispose();

    /// <summary>Another process may have closed the gap meanwhile; else it is noted.</summary>
    private async Task<IInboxEntry> OpenBehindGapAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        await using var entry = await _single.OpenAsync(delivery, cancellationToken);
        return new Entry(this, delivery, entry.Verdict, passedOver: 0);
    }

    private async Task<Known[]> ReadAsync(Delivery[] deliveries)
    {
        try
        {
            await using var batch = _source.CreateBatch();
            batch.Timeout = _timeoutSeconds;
            batch.BatchCommands.Add(_statements.Read(deliveries));
            await using var row = await batch.ExecuteReaderAsync();
            var known = new Known[deliveries.Length];
            for (var i = 0; i < known.Length; i++)
                known[i] = await InboxStatements.ReadAsync(row, deliveries[i], CancellationToken.None);
            return known;
        }
        catch (Exception error)
        {
            throw InboxFailures.Describe($"Reading what is known of {deliveries.Length} assignments", error);
        }
    }

    private async Task<bool[]> MarkAsync(Delivery[] deliveries)
    {
        try
        {
            await using var batch = _source.CreateBatch();
            batch.Timeout = _timeoutSeconds;
            batch.BatchCommands.Add(_statements.Mark(deliveries, givenUp: null));
            await batch.ExecuteNonQueryAsync();
            return new bool[deliveries.Length];
        }
        catch (Exception error)
        {
            throw InboxFailures.Describe($"Marking {deliveries.Length} events as handled", error);
        }
    }

    private sealed class Entry(SharedInbox inbox, Delivery delivery, Verdict verdict, long passedOver) : IInboxEntry
    {
        public Verdict Verdict => verdict;

        public InboxTransaction? Transaction => null;

        public async Task CommitAsync(CancellationToken cancellationToken)
        {
            if (verdict != Verdict.Handle)
                return;
            await inbox._marking.RunAsync(delivery);
            if (passedOver > 0)
                inbox._reports.PassedOver(delivery, passedOver);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
