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
