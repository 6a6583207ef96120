using Npgsql;

namespace RuangKerja.Events.Storage;

public sealed partial class PostgresEventStore
{
    /// <inheritdoc />
    public async Task<CommitOutcome> CommitAsync(ChunkCommit commit, CancellationToken cancellationToken)
    {
        var operation = $"Storing {commit.Changes.EventCount} events of company '{commit.Company}'";
        var committing = false;
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

            var batch = CommitBatch.Create(database.Sql, commit, batchId: Guid.NewGuid());
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
            throw new StorageException(
                StorageFailureKind.OutcomeUnknown,
                operation,
                "the connection was lost while the commit was under way.",
                "Nothing is written again before progress and snapshots have been read again.",
                error
            );
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresFailures.Describe(operation, error);
        }
    }
}
