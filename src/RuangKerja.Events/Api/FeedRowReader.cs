using System.Text;
using System.Text.Json;

namespace RuangKerja.Events.Api;

/// <summary>Reads the feed's items one by one. Every item becomes a row: what is wrong with one is told in it.</summary>
internal sealed class FeedRowReader
{
    /// <summary>In the order of <see cref="FeedRow"/>.</summary>
    private static readonly string[] Fields =
    [
        "assignedCourseSerial",
        "employeeID",
        "courseName",
        "completedAt",
        "updatedAt",
        "status",
    ];

    private static readonly byte[][] Names = [.. Fields.Select(Encoding.UTF8.GetBytes)];

    private const int AssignedCourseSerial = 0;
    private const int CompletedAt = 3;
    private const int UpdatedAt = 4;

    private readonly RowForms _forms = new();
    private readonly RepeatedTexts _texts = new();
    private readonly string?[] _previous = new string?[Fields.Length];

    // Of the item that is being read.
    private readonly string?[] _values = new string?[Fields.Length];
    private readonly bool[] _seen = new bool[Fields.Length];
    private List<string>? _malformations;

    /// <summary>Reads the item whose first token was read.</summary>
    /// <param name="reader">Stands at the item's last token afterwards.</param>
    /// <param name="bytes">What the reader reads.</param>
    /// <returns>Null when the item has not come whole.</returns>
    public FeedRow? Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
    {
        var start = (int)reader.TokenStartIndex;
        Array.Clear(_values);
        Array.Clear(_seen);
        _malformations = null;
        _forms.Begin(start);
        if (reader.TokenType is JsonTokenType.StartObject)
        {
            if (!ReadFields(ref reader, bytes))
            {
                return null;
            }
        }
        else
        {
            Malformed($"the item is {JsonText.KindOf(reader.TokenType)}, expected an object");
            if (!AnswerJson.Skip(ref reader))
            {
                return null;
            }
        }

        var item = bytes[..(int)reader.BytesConsumed];
        return new(
            _values[0],
            _values[1],
            _values[2],
            _values[3],
            _values[4],
            _values[5],
            Raw: _malformations is null ? "" : Encoding.UTF8.GetString(item[start..]),
            // A list of its own for each good row would be one object a row for nothing.
            (IReadOnlyList<string>?)_malformations ?? []
        )
        {
            Form = _malformations is null ? _forms.End(item) : null,
        };
    }

    private bool ReadFields(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
    {
        while (AnswerJson.Read(ref reader))
        {
            if (reader.TokenType is JsonTokenType.EndObject)
            {
                return true;
            }

            var field = FieldOf(ref reader);
            if (!AnswerJson.Read(ref reader))
            {
                return false;
            }

            if (field >= 0)
            {
                ReadField(ref reader, bytes, field);
            }

            if (!AnswerJson.Skip(ref reader))
            {
                return false;
            }
        }

        return false;
    }

    private void ReadField(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes, int field)
    {
        if (_seen[field])
        {
            _values[field] = null;
            Malformed($"{Fields[field]} appears more than once");
        }
        else if (reader.TokenType is JsonTokenType.String)
        {
            _values[field] = TextOf(ref reader, field);
            if (_values[field] is null)
            {
                Malformed($"{Fields[field]} holds half a surrogate pair, which is no text");
            }
            else if (!reader.ValueIsEscaped)
            {
                _forms.Value(bytes, field, (int)reader.TokenStartIndex + 1, (int)reader.BytesConsumed - 1);
            }
        }
        else if (reader.TokenType is not JsonTokenType.Null)
        {
            Malformed($"{Fields[field]} is {JsonText.KindOf(reader.TokenType)}, expected a string");
        }

        _seen[field] = true;
    }

    /// <summary>A string that is there already where it says the same; null when it is no text.</summary>
    private string? TextOf(ref Utf8JsonReader reader, int field)
    {
        try
        {
            return field switch
                {
                    // A completed row's two instants are mostly one.
                    CompletedAt => Same(ref reader, _values[UpdatedAt]) ?? Same(ref reader, _previous[field]),
                    UpdatedAt => Same(ref reader, _values[CompletedAt]) ?? Same(ref reader, _previous[field]),
                    AssignedCourseSerial => Same(ref reader, _previous[field]),
                    _ => _texts.Of(ref reader),
                } ?? (_previous[field] = reader.GetString());
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Same(ref Utf8JsonReader reader, string? known) =>
        known is not null && reader.ValueTextEquals(known) ? known : null;

    private void Malformed(string malformation) => (_malformations ??= []).Add(malformation);

    private static int FieldOf(ref Utf8JsonReader reader)
    {
        for (var field = 0; field < Names.Length; field++)
        {
            if (JsonText.IsText(ref reader, Names[field]))
            {
                return field;
            }
        }

        return -1;
    }
}
