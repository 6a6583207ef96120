using Npgsql;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Marten;

/// <summary>Streams that another application has archived: Marten takes no further event of them, and does not name them.</summary>
internal static class ArchivedStreams
{
    /// <summary>Names those of a commit, in the transaction in which Marten has refused it.</summary>
    public static async Task<StorageException> DescribeAsync(
        NpgsqlTransaction transaction,
        string schema,
        ChunkCommit commit,
        Exception refusal,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            $"""
            select string_agg(format('''%s''', id), ', ' order by id)
            from {schema}.mt_streams
            where tenant_id = $1 and id = any ($2) and is_archived
            """,
            transaction.Connection
        );
        command.Parameters.Add(new() { Value = commit.Company.TenantId });
        command.Parameters.Add(
            new() { Value = commit.Changes.Assignments.Select(a => a.AssignmentId.Value).ToArray() }
        );
        return new StorageException(
            StorageFailureKind.Configuration,
            commit.Operation,
            $"another application has archived {await command.ExecuteScalarAsync(cancellationToken)}, and Marten takes no event of an archived stream.",
            "Undo it (is_archived in mt_streams and mt_events), or store with Storage:Engine=Npgsql.",
            refusal
        );
    }
}
