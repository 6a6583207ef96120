using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Polling;

/// <summary>Cuts a large answer into transactions of a bearable size. Pure.</summary>
public static class FeedChunks
{
    /// <summary>How many rows one transaction takes: what is known of them is in memory at a time.</summary>
    public const int Rows = 2_000;

    /// <summary>
    /// The rows in chunks. Several chunks are in the order in which the rows were updated, so that no chunk makes a later
    /// one stale, and of one instant the furthest status last; where that cannot be read, the row is bad and its place does
    /// not matter.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<FeedRow>> Of(IReadOnlyList<FeedRow> rows)
    {
        if (rows.Count <= Rows)
            return [rows];

        var order = new (long Instant, int Status)[rows.Count];
        var sorted = new FeedRow[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            sorted[i] = rows[i];
            var instant = Rfc3339.TryParse(rows[i].UpdatedAt, out var updatedAt) ? updatedAt.UtcTicks : 0;
            order[i] = (instant, CourseStatusWords.TryParse(rows[i].Status, out var status) ? (int)status : 0);
        }

        Array.Sort(order, sorted);
        var chunks = new List<IReadOnlyList<FeedRow>>();
        for (var start = 0; start < sorted.Length; start += Rows)
            chunks.Add(new ArraySegment<FeedRow>(sorted, start, Math.Min(Rows, sorted.Length - start)));
        return chunks;
    }
}
