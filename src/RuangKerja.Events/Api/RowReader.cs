using System.Text.Json;

namespace RuangKerja.Events.Api;

/// <summary>Reads the item whose first token was read. Every item becomes a row: what is wrong with one is told in it.</summary>
/// <param name="reader">Stands at the item's last token afterwards.</param>
/// <param name="bytes">What the reader reads.</param>
/// <returns>Null when the item has not come whole.</returns>
internal delegate T? RowReader<T>(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
    where T : class;

/// <summary>Makes readers for rows of which there are no more than a page at a time.</summary>
internal static class RowReader
{
    /// <summary>Takes each item's text whole, then apart.</summary>
    public static RowReader<T> Of<T>(Func<byte[], T> parse)
        where T : class =>
        (ref reader, bytes) =>
        {
            var start = (int)reader.TokenStartIndex;
            return AnswerJson.Skip(ref reader) ? parse(bytes[start..(int)reader.BytesConsumed].ToArray()) : null;
        };
}
