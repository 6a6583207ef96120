using RuangKerja.Events.Api;

namespace RuangKerja.Events.Benchmarks.Feed;

/// <summary>What the strings of rows weigh.</summary>
internal static class RowStrings
{
    // Of a string in a 64-bit process: header, type, length, and a final zero; in steps of eight.
    private const int FixedBytes = 22;
    private const int Step = 8;
    private const double Megabyte = 1024.0 * 1024;

    /// <summary>Every string object counts once, however many rows share it.</summary>
    public static double Megabytes(IReadOnlyList<FeedRow> rows)
    {
        var counted = new HashSet<object>(ReferenceEqualityComparer.Instance);
        long bytes = 0;
        foreach (var row in rows)
        {
            string?[] values =
            [
                row.AssignedCourseSerial,
                row.EmployeeId,
                row.CourseName,
                row.CompletedAt,
                row.UpdatedAt,
                row.Status,
            ];
            foreach (var value in values)
            {
                if (value is not null && counted.Add(value))
                    bytes += (FixedBytes + (2 * value.Length) + Step - 1) / Step * Step;
            }
        }

        return bytes / Megabyte;
    }
}
