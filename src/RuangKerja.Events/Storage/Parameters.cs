using Npgsql;
using NpgsqlTypes;

namespace RuangKerja.Events.Storage;

/// <summary>Positional parameters from values.</summary>
internal static class Parameters
{
    /// <summary>Adds them in order; null is SQL's null, instants go out as UTC, and what is a parameter already stays as it is.</summary>
    public static void AddParameters(this NpgsqlCommand command, IEnumerable<object?> values)
    {
        foreach (var value in values)
            command.Parameters.Add(Of(value));
    }

    /// <summary>Adds a statement with its parameters.</summary>
    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(Of(value));
        batch.BatchCommands.Add(command);
        return command;
    }

    /// <summary>A text that may be null: the type of a null cannot be seen from it.</summary>
    public static NpgsqlParameter Text(string? text) =>
        new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    /// <summary>An instant that may be null.</summary>
    public static NpgsqlParameter Instant(DateTimeOffset? instant) =>
        new() { Value = (object?)instant?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    /// <summary>An id that may be null.</summary>
    public static NpgsqlParameter Uuid(Guid? id) =>
        new() { Value = (object?)id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };

    /// <summary>Texts to choose by; SQL's null when there are none: all are meant then.</summary>
    public static NpgsqlParameter AnyOf(IEnumerable<string> texts) =>
        new()
        {
            Value = texts.ToArray() is { Length: > 0 } given ? given : DBNull.Value,
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Varchar,
        };

    /// <summary>One of them.</summary>
    public static NpgsqlParameter Of(object? value) =>
        value switch
        {
            NpgsqlParameter parameter => parameter,
            null => new NpgsqlParameter { Value = DBNull.Value },
            DateTimeOffset instant => new NpgsqlParameter { Value = instant.ToUniversalTime() },
            _ => new NpgsqlParameter { Value = value },
        };
}
