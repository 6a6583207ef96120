using System.Data;
using Npgsql;

namespace RuangKerja.Events.Subscriber.Inbox.Postgres;

/// <summary>One delivery in a transaction of its own.</summary>
/// <param name="slot">Its right to a connection, given back at the end.</param>
internal sealed class InboxTransactionEntry(
    Delivery delivery,
    InboxStatements statements,
    InboxReports reports,
    int timeoutSeconds,
    IDisposable slot
) : IInboxEntry
{
    private const int LongestReason = 2_000;

    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private long _passedOver;

    /// <inheritdoc />
    public Verdict Verdict { get; private set; }

    /// <inheritdoc />
    public InboxTransaction? Transaction { get; private set; }

    /// <summary>Begins and judges. What is not to be handled is over then, and a gap is noted.</summary>
    public async Task BeginAsync(NpgsqlDataSource source, bool fillGaps, CancellationToken cancellationToken)
    {
        _connection = await source.OpenConnectionAsync(cancellationToken);
        // It goes out with the first statement. Each statement is to see what was committed while the lock was waited for.
        _transaction = await _connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        var known = await LockAndReadAsync(_connection, cancellationToken);
        var judgement = VersionGuard.Judge(known.Progress, delivery, known.IsHandled, fillGaps);
        (Verdict, _passedOver) = (judgement.Verdict, fillGaps ? judgement.Missing : 0);
        if (Verdict == Verdict.Handle)
            Transaction = new InboxTransaction(_connection, _transaction);
        else if (Verdict == Verdict.BehindGap)
            await EndAsync(statements.OpenGap(delivery));
    }

    /// <inheritdoc />
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await MarkAsync(givenUp: null);
        if (Verdict == Verdict.Handle && _passedOver > 0)
            reports.PassedOver(delivery, _passedOver);
    }

    /// <summary>Marks it as given up; without an effect.</summary>
    public Task GiveUpAsync(string reason) => MarkAsync(StorableText.Cut(reason, LongestReason));

    public async ValueTask DisposeAsync()
    {
        Transaction = null;
        // What was not committed is rolled back when the pool has the connection again.
        try
        {
            if (_transaction is not null)
                await _transaction.DisposeAsync();
            if (_connection is not null)
                await _connection.DisposeAsync();
        }
        finally
        {
            slot.Dispose();
        }
    }

    private async Task<Known> LockAndReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection, _transaction)
        {
            BatchCommands = { statements.Lock(delivery), statements.Read([delivery]) },
            Timeout = timeoutSeconds,
        };
        await using var row = await batch.ExecuteReaderAsync(cancellationToken);
        await row.NextResultAsync(cancellationToken);
        return await InboxStatements.ReadAsync(row, delivery, cancellationToken);
    }

    private async Task MarkAsync(string? givenUp)
    {
        if (Verdict != Verdict.Handle)
            return;

        try
        {
            await EndAsync(statements.Mark([delivery], givenUp));
        }
        catch (Exception error)
        {
            throw InboxFailures.DescribeCommit(
                $"Committing version {delivery.Version} of '{delivery.AssignmentId}'",
                error
            );
        }
    }

    /// <summary>
    /// The last statement and the commit in one round trip. A commit that was sent is not taken back: giving up waiting would
    /// only leave its outcome unknown.
    /// </summary>
    private async Task EndAsync(NpgsqlBatchCommand last)
    {
        await using var batch = new NpgsqlBatch(_connection, _transaction)
        {
            BatchCommands = { last, new NpgsqlBatchCommand("commit") },
            Timeout = timeoutSeconds,
        };
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
