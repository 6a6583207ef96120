using System.Text.Json;
using Npgsql;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage;

/// <summary>A snapshot as it is stored.</summary>
internal static class StoredSnapshot
{
    /// <summary>Reads it from tenant, id and document.</summary>
    /// <param name="operation">What it is read for.</param>
    /// <exception cref="StorageException">The document is not one.</exception>
    public static CourseStatusSnapshot Read(string operation, NpgsqlDataReader row)
    {
        try
        {
            return JsonSerializer.Deserialize<CourseStatusSnapshot>(row.GetFieldValue<byte[]>(2), CoursesJson.Options)!;
        }
        catch (JsonException error)
        {
            throw new StorageException(
                StorageFailureKind.Refused,
                operation,
                $"the snapshot '{row.GetString(1)}' of tenant '{row.GetString(0)}' cannot be read ({error.Message}).",
                "Nothing was changed. Repair this document, or delete it together with its stream, and try again.",
                error
            );
        }
    }
}
