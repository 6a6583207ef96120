using System.Runtime.ExceptionServices;
using JasperFx.Events;
using Marten;
using Marten.Exceptions;
using Marten.Services;
using Npgsql;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Marten;

public sealed partial class MartenEventStore
{
    private readonly DocumentStore _documents = MartenStores.ForWriting(database);

    /// <summary>
    /// ① the batch is noted, conflicts are found, streams locked and the append announced: before Marten takes a sequence
    /// ② events, snapshots and our own rows are queued in a session on the same transaction ③ one save writes them
    /// ④ the transaction is committed as with the other engine.
    /// </summary>
    public Task<CommitOutcome> CommitAsync(ChunkCommit commit, CancellationToken cancellationToken) =>
        new CommitTransaction(database, commit).RunAsync(
            async (transaction, batchId) =>
            {
                var events = AppendedEvent.Of(commit);
                var begun = await CommitBatch
                    .Begin(database.Sql, commit, batchId, events)
                    .ExecuteAsync(transaction.Connection!, cancellationToken);
                if (begun != CommitOutcome.Committed)
                    return begun;

                var now = await ReadNowAsync(transaction, cancellationToken);
                await using var session = Open(transaction, commit.Company, batchId);
                Append(session, events, now);
                session.Store(commit.Changes.Assignments.Select(a => a.Snapshot));
                foreach (var statement in CommitBatch.Beside(database.Sql, commit, batchId, events))
                    session.Queue(statement);
                try
                {
                    return await SaveAsync(session, cancellationToken);
                }
                catch (InvalidStreamOperationException refusal)
                {
                    throw await ArchivedStreams.DescribeAsync(
                        transaction,
                        database.Options.Schema,
                        commit,
                        refusal,
                        cancellationToken
                    );
                }
            },
            cancellationToken
        );

    /// <summary>The session neither owns the transaction nor ends it.</summary>
    private IDocumentSession Open(NpgsqlTransaction transaction, Company company, Guid batchId)
    {
        var options = SessionOptions.ForTransaction(transaction);
        options.TenantId = company.TenantId;
        options.Timeout = (int)Math.Ceiling(database.Options.CommandTimeout.TotalSeconds);
        var session = _documents.LightweightSession(options);
        // Marten would take both from the trace that is being recorded.
        session.CorrelationId = batchId.ToString();
        session.CausationId = null;
        return session;
    }

    private static void Append(IDocumentSession session, IReadOnlyList<AppendedEvent> events, DateTimeOffset now)
    {
        foreach (var stream in events.GroupBy(e => e.Assignment))
        {
            var id = stream.Key.AssignmentId.Value;
            object[] appended =
            [
                .. stream.Select(e => new Event<CourseStatusChanged>(e.Event) { Id = e.Id, Timestamp = now }),
            ];
            if (stream.Key.Before == 0)
                session.Events.StartStream<CourseStatusSnapshot>(id, appended);
            else
                session.Events.Append(id, expectedVersion: stream.Key.Before + appended.Length, appended);
        }
    }

    private static async Task<CommitOutcome> SaveAsync(IDocumentSession session, CancellationToken cancellationToken)
    {
        try
        {
            await session.SaveChangesAsync(cancellationToken);
            return CommitOutcome.Committed;
        }
        catch (Exception error) when (MartenFailures.IsConflict(error))
        {
            return CommitOutcome.AssignmentMoved;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // What the driver says is described where it is with the other engine.
            ExceptionDispatchInfo.Throw(MartenFailures.Unwrap(error));
            throw;
        }
    }

    /// <summary>The database's clock, as it stamps all else in this transaction.</summary>
    private static async Task<DateTimeOffset> ReadNowAsync(
        NpgsqlTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand("select now()", transaction.Connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return row.GetFieldValue<DateTimeOffset>(0);
    }
}
