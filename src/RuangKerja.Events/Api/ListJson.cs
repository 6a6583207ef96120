using System.Buffers;
using System.Text.Json;

namespace RuangKerja.Events.Api;

/// <summary>
/// Takes a list's JSON piece by piece. The items of <c>data.items[]</c>, or of <c>data[]</c>, become rows wherever they
/// stand; everything else is kept as it came, so that it can be judged as a document once all has come. Where a member
/// appears twice its last value counts, and so do the last list's items.
/// </summary>
internal sealed class ListJson<T>(RowReader<T> readItem)
    where T : class
{
    private readonly ArrayBufferWriter<byte> _envelope = new();
    private JsonReaderState _state = new(AnswerJson.ReaderOptions);

    // Where the reader is.
    private bool _atDataValue;
    private bool _atItemsValue;
    private bool _inData;
    private bool _inList;

    public AnswerFault Fault { get; private set; }

    public List<T> Rows { get; private set; } = [];

    /// <summary>The whole document but for the items; to be asked for once all was read.</summary>
    public JsonElement Envelope()
    {
        using var document = JsonDocument.Parse(_envelope.WrittenMemory, AnswerJson.DocumentOptions);
        return document.RootElement.Clone();
    }

    /// <summary>Takes what is whole.</summary>
    /// <returns>How much of it was taken; the rest is to come again, with more.</returns>
    public int Read(ReadOnlySpan<byte> bytes) => Read(bytes, isLast: false);

    /// <summary>Takes what is left when no more comes.</summary>
    public void ReadLast(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes[Read(bytes)..];
        if (Fault is AnswerFault.None)
        {
            Read(rest, isLast: true);
        }
    }

    private int Read(ReadOnlySpan<byte> bytes, bool isLast)
    {
        var reader = new Utf8JsonReader(bytes, isLast, _state);
        try
        {
            // Up to where the envelope has what is in it.
            var kept = 0;
            while (_inList ? ReadItem(ref reader, bytes, ref kept) : ReadEnvelope(ref reader, bytes, ref kept))
            {
                // Each step takes one item, or one token.
            }

            if (!_inList)
            {
                _envelope.Write(bytes[kept..(int)reader.BytesConsumed]);
            }
        }
        catch (NestedTooDeepException)
        {
            Fault = AnswerFault.TooDeep;
        }
        catch (JsonException)
        {
            // What was right as long as more could come is wrong for its end alone.
            Fault = isLast ? AnswerFault.Truncated : AnswerFault.NotJson;
        }

        _state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    private bool ReadItem(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes, ref int kept)
    {
        var before = reader;
        if (!AnswerJson.Read(ref reader))
        {
            return false;
        }

        if (reader.TokenType is JsonTokenType.EndArray)
        {
            _inList = false;
            kept = (int)reader.TokenStartIndex;
            return true;
        }

        if (readItem(ref reader, bytes) is { } row)
        {
            Rows.Add(row);
            return true;
        }

        reader = before;
        return false;
    }

    private bool ReadEnvelope(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes, ref int kept)
    {
        if (!AnswerJson.Read(ref reader))
        {
            return false;
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                _atDataValue = reader.CurrentDepth == 1 && JsonText.IsText(ref reader, "data"u8);
                _atItemsValue = reader.CurrentDepth == 2 && _inData && JsonText.IsText(ref reader, "items"u8);
                return true;
            case JsonTokenType.StartArray when _atDataValue || _atItemsValue:
                _envelope.Write(bytes[kept..(int)reader.BytesConsumed]);
                _inList = true;
                Rows = [];
                break;
            case JsonTokenType.StartObject when _atDataValue:
                _inData = true;
                break;
            case JsonTokenType.EndObject when reader.CurrentDepth == 1:
                _inData = false;
                break;
        }

        _atDataValue = _atItemsValue = false;
        return true;
    }
}
