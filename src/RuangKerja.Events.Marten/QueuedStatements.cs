using System.Text.RegularExpressions;
using Marten;
using Npgsql;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Marten;

/// <summary>Our own statements among what a session saves.</summary>
internal static partial class QueuedStatements
{
    // In no statement of ours, quoted or not.
    private const char Placeholder = '\u001f';

    /// <summary>
    /// Queues a statement: it runs after the events. Ours name their parameters by number, and some twice; Marten's have one
    /// placeholder for each value.
    /// </summary>
    public static void Queue(this IDocumentSession session, CommitBatch.Statement statement)
    {
        var values = new List<object>();
        var sql = Numbered()
            .Replace(
                statement.Sql,
                number =>
                {
                    values.Add(Value(statement.Values[int.Parse(number.ValueSpan[1..]) - 1]));
                    return $"{Placeholder}";
                }
            );
        session.QueueSqlCommand(Placeholder, sql, [.. values]);
    }

    private static object Value(object value) =>
        value is NpgsqlParameter parameter ? parameter.Value ?? DBNull.Value : value;

    [GeneratedRegex(@"\$[0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex Numbered();
}
