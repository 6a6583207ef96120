using Npgsql;

namespace RuangKerja.Events.Storage;

/// <summary>What the server's catalog says of our tables, name by name and type by type.</summary>
internal static class SchemaComparison
{
    /// <summary>The tables that are compared.</summary>
    public static readonly IReadOnlyList<string> Tables =
    [
        "mt_streams",
        "mt_events",
        "mt_events_sequence",
        "mt_doc_coursestatussnapshot",
        "schema_version",
        "poll_progress",
        "outbox",
        "quarantine",
        "assignment_key",
        "course",
        "sweep",
        "sweep_progress",
        "backfill",
        "lease",
        "commit_batch",
        "event_index",
        "assignment_index",
        "replay_job",
        "replay_audit",
    ];

    // Marten 9.58 adds these to its tables, and 9.29 drops them. No statement of ours sees them: each names its columns, and they
    // have a default.
    private static readonly IReadOnlySet<string> OfLaterMartens = new HashSet<string>(StringComparer.Ordinal)
    {
        "column mt_streams.compacted_version bigint not null default 0",
    };

    /// <summary>
    /// Compares a schema with a new one, which is made under a name of its own and rolled back. Returns the differences; none
    /// means equal.
    /// </summary>
    public static async Task<IReadOnlyList<SchemaDifference>> RunAsync(
        NpgsqlConnection connection,
        string schema,
        string readCatalog,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var actual = await ReadAsync(connection, schema, readCatalog, cancellationToken);

        var scratch = $"scratch_{Guid.NewGuid():N}";
        await SchemaMigration.MakeTablesAsync(connection, scratch, new SqlText(scratch), from: 0, cancellationToken);
        var expected = await ReadAsync(connection, scratch, readCatalog, cancellationToken);
        await transaction.RollbackAsync(cancellationToken);

        return
        [
            .. expected.Except(actual).Select(line => Of($"missing: {line}")),
            .. actual.Except(expected).Except(OfLaterMartens).Select(line => Of($"unexpected: {line}")),
        ];
    }

    // What a migration has made once it does not make again.
    private static SchemaDifference Of(string text) => new(text, IsMendedByApply: false);

    private static async Task<HashSet<string>> ReadAsync(
        NpgsqlConnection connection,
        string schema,
        string sql,
        CancellationToken cancellationToken
    )
    {
        var lines = new HashSet<string>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new() { Value = schema });
        command.Parameters.Add(new() { Value = Tables.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            lines.Add(reader.GetString(0));
        return lines;
    }
}
