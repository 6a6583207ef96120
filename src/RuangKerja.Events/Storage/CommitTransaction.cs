using Npgsql;

namespace RuangKerja.Events.Storage;

/// <summary>
/// The transaction of a commit, the same for every engine: begun, written by the engine, committed, and asked after when its
/// answer is lost.
/// </summary>
internal sealed class CommitTransaction(Database database, ChunkCommit commit)
{
    private readonly Guid _batchId = Guid.NewGuid();
    private readonly string _operation = commit.Operation;

    /// <summary>Runs it.</summary>
    /// <param name="write">
    /// Writes the commit under the batch id, all on the transaction's own connection; anything but Committed is rolled back.
    /// </param>
    /// <inheritdoc cref="IEventStore.CommitAsync" />
    public async Task<CommitOutcome> RunAsync(
        Func<NpgsqlTransaction, Guid, Task<CommitOutcome>> write,
        CancellationToken cancellationToken
    )
    {
        var committing = false;
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

            var outcome = await write(transaction, _batchId);
            if (outcome != CommitOutcome.Committed)
            {
                await transaction.RollbackAsync(cancellationToken);
                return outcome;
            }

            // Once COMMIT is sent it is not taken back: cancelling here would only make the outcome unknown.
            committing = true;
            await transaction.CommitAsync(CancellationToken.None);
            return CommitOutcome.Committed;
        }
        catch (PostgresException error) when (error.IsConflict())
        {
            return CommitOutcome.AssignmentMoved;
        }
        catch (Exception error) when (committing && error is not PostgresException)
        {
            return await ReadBackAsync(error, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresFailures.Describe(_operation, error);
        }
    }

    /// <summary>
    /// Asks on another connection what became of a commit whose answer was lost: by noting its batch as well. That waits for
    /// a commit that is still under way, fails when the batch is there, and else keeps it from ever being.
    /// </summary>
    private async Task<CommitOutcome> ReadBackAsync(Exception lost, CancellationToken cancellationToken)
    {
        int noted;
        try
        {
            noted = await database.RunAsync(
                _operation,
                database.Sql.RuleBatchOut,
                cancellationToken,
                _batchId,
                DatabaseSchema.CurrentVersion
            );
        }
        catch (StorageException unreadable)
        {
            throw new StorageException(
                StorageFailureKind.OutcomeUnknown,
                _operation,
                $"the connection was lost while the commit was under way, and what became of it cannot be read now ({unreadable.Message})",
                "Nothing is written again before progress and snapshots have been read again.",
                lost
            );
        }

        return noted == 0
            ? CommitOutcome.Committed
            : throw new StorageException(
                StorageFailureKind.Unavailable,
                _operation,
                "the connection was lost before the commit was done; nothing of it is stored.",
                "It is done again; check the network between this program and PostgreSQL.",
                lost
            );
    }
}
