using Npgsql;

namespace RuangKerja.Events.Storage;

public sealed partial class PostgresEventStore
{
    /// <inheritdoc />
    public async Task<CommitOutcome> CommitAsync(ChunkCommit commit, CancellationToken cancellationToken)
    {
        var operation = $"Storing {commit.Changes.EventCount} events of company '{commit.Company}'";
        var batchId = Guid.NewGuid();
        var committing = false;
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

            var batch = CommitBatch.Create(database.Sql, commit, batchId);
            var outcome = await batch.ExecuteAsync(connection, cancellationToken);
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
            return await ReadBackAsync(batchId, operation, error, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresFailures.Describe(operation, error);
        }
    }

    /// <summary>
    /// Asks on another connection what became of a commit whose answer was lost: by noting its batch as well. That waits for
    /// a commit that is still under way, fails when the batch is there, and else keeps it from ever being.
    /// </summary>
    private async Task<CommitOutcome> ReadBackAsync(
        Guid batchId,
        string operation,
        Exception lost,
        CancellationToken cancellationToken
    )
    {
        int noted;
        try
        {
            noted = await database.RunAsync(
                operation,
                database.Sql.RuleBatchOut,
                cancellationToken,
                batchId,
                DatabaseSchema.CurrentVersion
            );
        }
        catch (StorageException unreadable)
        {
            throw new StorageException(
                StorageFailureKind.OutcomeUnknown,
                operation,
                $"the connection was lost while the commit was under way, and what became of it cannot be read now ({unreadable.Message})",
                "Nothing is written again before progress and snapshots have been read again.",
                lost
            );
        }

        return noted == 0
            ? CommitOutcome.Committed
            : throw new StorageException(
                StorageFailureKind.Unavailable,
                operation,
                "the connection was lost before the commit was done; nothing of it is stored.",
                "It is done again; check the network between this program and PostgreSQL.",
                lost
            );
    }
}
