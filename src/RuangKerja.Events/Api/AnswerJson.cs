using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace RuangKerja.Events.Api;

/// <summary>Why a body is not a JSON document.</summary>
internal enum AnswerFault
{
    None,
    TooLarge,
    Truncated,
    NotUtf8,
    NotJson,
    TooDeep,
}

/// <summary>Turns a body into a JSON document, or says what keeps it from being one.</summary>
internal static class AnswerJson
{
    /// <summary>Documented answers are five levels deep.</summary>
    public const int MaxDepth = 32;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static AnswerFault TryParse(ReadOnlyMemory<byte> body, out JsonDocument? document)
    {
        document = null;
        if (body.Span.StartsWith(ByteOrderMark))
        {
            body = body[ByteOrderMark.Length..];
        }

        // The JSON reader would notice bad UTF-8 only where a string is read, one field at a time.
        if (!Utf8.IsValid(body.Span))
        {
            return EndsInsideCharacter(body.Span) ? AnswerFault.Truncated : AnswerFault.NotUtf8;
        }

        try
        {
            document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return AnswerFault.None;
        }
        catch (JsonException)
        {
            return Diagnose(body.Span);
        }
    }

    private static bool EndsInsideCharacter(ReadOnlySpan<byte> body)
    {
        for (var tail = 1; tail <= Math.Min(3, body.Length); tail++)
        {
            if (Rune.DecodeFromUtf8(body[^tail..], out _, out _) is OperationStatus.NeedMoreData)
            {
                return Utf8.IsValid(body[..^tail]);
            }
        }

        return false;
    }

    /// <summary>Reads again as if more were to come: what is right up to its end was cut off.</summary>
    private static AnswerFault Diagnose(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(
            body,
            isFinalBlock: false,
            new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth + 1 })
        );
        try
        {
            while (reader.Read())
            {
                if (
                    reader.CurrentDepth >= MaxDepth
                    && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
                )
                {
                    return AnswerFault.TooDeep;
                }
            }

            return AnswerFault.Truncated;
        }
        catch (JsonException)
        {
            return AnswerFault.NotJson;
        }
    }
}
