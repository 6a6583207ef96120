using Npgsql;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage.History;

public sealed partial class PostgresEventHistory
{
    // What the requester has already is left out here and not by the server: 100,000 versions with each page are more than the
    // page. Looked at in pieces that are worth a round trip.
    private const int LeastLookedAt = 10_000;

    /// <inheritdoc />
    public async Task<IReadOnlyList<long>> FindAsync(
        EventFilter filter,
        long after,
        long through,
        int limit,
        CancellationToken cancellationToken
    )
    {
        if (filter.Held is not { } held)
            return [.. (await FindPageAsync(filter, after, through, limit, cancellationToken)).Select(e => e.Sequence)];

        var (size, known) = (Math.Max(limit, LeastLookedAt), new HeldLookup(held));
        var found = new List<long>();
        while (true)
        {
            var page = await FindPageAsync(filter, after, through, size, cancellationToken);
            found.AddRange(page.Where(known.Lacks).Select(e => e.Sequence).Take(limit - found.Count));
            if (found.Count == limit || page.Count < size)
                return found;
            after = page[^1].Sequence;
        }
    }

    private async Task<IReadOnlyList<FoundEvent>> FindPageAsync(
        EventFilter filter,
        long after,
        long through,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var begin = Math.Max(Math.Max(after, filter.FirstSequence - 1 ?? after), 0);
        var end = Math.Min(through, filter.LastSequence ?? through);
        // Beyond the last there is nothing to look through.
        if (end > begin + Window)
            end = Math.Min(end, await ReadLastIndexedAsync(cancellationToken));

        var found = new List<FoundEvent>();
        while (begin < end && found.Count < limit)
        {
            var next = Math.Min(begin + Window, end);
            found.AddRange(await FindInWindowAsync(filter, begin, next, limit - found.Count, cancellationToken));
            begin = next;
        }

        return found;
    }

    private Task<long> ReadLastIndexedAsync(CancellationToken cancellationToken) =>
        database.RunAsync(
            "Reading the last sequence that is stored",
            database.Sql.ReadLastIndexed,
            async command => (long)(await command.ExecuteScalarAsync(cancellationToken))!
        );

    private async Task<IReadOnlyList<FoundEvent>> FindInWindowAsync(
        EventFilter filter,
        long after,
        long through,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var ofAssignments = filter is not { EmployeeId: null, CourseName: null, CourseSerial: null };
        List<object?> parameters =
        [
            after,
            through,
            limit,
            Tenants(filter.Companies),
            Parameters.Instant(filter.RecordedFrom),
            Parameters.Instant(filter.RecordedBefore),
            Parameters.Instant(filter.OccurredFrom),
            Parameters.Instant(filter.OccurredBefore),
            Parameters.Text(filter.AssignmentId?.Value),
            Parameters.AnyOf(filter.Statuses.Select(StoredWords.Of)),
            Parameters.AnyOf(filter.Kinds.Select(StoredWords.Of)),
            filter.Baseline,
        ];
        if (ofAssignments)
        {
            parameters.AddRange([
                Parameters.Text(filter.EmployeeId),
                Parameters.Uuid(DigestOf(filter.CourseName)),
                Parameters.Text(filter.CourseSerial),
            ]);
        }

        return await database.RunAsync(
            "Finding stored events",
            database.Sql.FindEvents(ofAssignments),
            command => ReadFoundAsync(command, cancellationToken),
            [.. parameters]
        );
    }

    private static async Task<IReadOnlyList<FoundEvent>> ReadFoundAsync(
        NpgsqlCommand command,
        CancellationToken cancellationToken
    )
    {
        var found = new List<FoundEvent>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            found.Add(new FoundEvent(row.GetInt64(0), row.GetGuid(1), row.GetString(2), row.GetInt64(3)));
        return found;
    }

    private static NpgsqlParameter Tenants(IEnumerable<Company> companies) =>
        Parameters.AnyOf(companies.Select(company => company.TenantId));

    private static Guid? DigestOf(string? courseName) => courseName is null ? null : CourseDigest.Of(courseName);

    private readonly record struct FoundEvent(long Sequence, Guid EventId, string Assignment, long Version);

    /// <summary>What the requester has, to be looked up for each event.</summary>
    private sealed class HeldLookup(HeldEvents held)
    {
        private readonly HashSet<Guid> _ids = [.. held.EventIds];

        public bool Lacks(FoundEvent found) =>
            !_ids.Contains(found.EventId)
            && !(held.Versions.TryGetValue(new AssignmentId(found.Assignment), out var upTo) && found.Version <= upTo);
    }
}
