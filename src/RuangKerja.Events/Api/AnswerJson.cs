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

    /// <summary>For <see cref="Read"/>, which must see the first level that is too deep.</summary>
    public static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth + 1 };

    public static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = MaxDepth };

    public static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

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
            var whole = body.Span[..^CutCharacter(body.Span)];
            return whole.Length < body.Length && Utf8.IsValid(whole) ? AnswerFault.Truncated : AnswerFault.NotUtf8;
        }

        try
        {
            document = JsonDocument.Parse(body, DocumentOptions);
            return AnswerFault.None;
        }
        catch (JsonException)
        {
            return Diagnose(body.Span);
        }
    }

    /// <summary>The length of a character's beginning that the bytes end with: 0 … 3.</summary>
    public static int CutCharacter(ReadOnlySpan<byte> bytes)
    {
        for (var tail = 1; tail <= Math.Min(3, bytes.Length); tail++)
        {
            if (Rune.DecodeFromUtf8(bytes[^tail..], out _, out _) is OperationStatus.NeedMoreData)
            {
                return tail;
            }
        }

        return 0;
    }

    /// <summary>Goes to the next token; false when it has not come yet.</summary>
    /// <exception cref="JsonException">What comes is not JSON.</exception>
    /// <exception cref="NestedTooDeepException">It is, and deeper than <see cref="MaxDepth"/>.</exception>
    public static bool Read(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            return false;
        }

        return
            reader.CurrentDepth >= MaxDepth && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
            ? throw new NestedTooDeepException()
            : true;
    }

    /// <summary>Goes to the end of the value whose first token was read; false when it has not come yet.</summary>
    public static bool Skip(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return true;
        }

        var depth = reader.CurrentDepth;
        do
        {
            if (!Read(ref reader))
            {
                return false;
            }
        } while (reader.CurrentDepth > depth);

        return true;
    }

    /// <summary>Reads again as if more were to come: what is right up to its end was cut off.</summary>
    private static AnswerFault Diagnose(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, isFinalBlock: false, new JsonReaderState(ReaderOptions));
        try
        {
            while (Read(ref reader))
            {
                // Nothing is of interest but whether it can be read.
            }

            return AnswerFault.Truncated;
        }
        catch (NestedTooDeepException)
        {
            return AnswerFault.TooDeep;
        }
        catch (JsonException)
        {
            return AnswerFault.NotJson;
        }
    }
}

/// <summary>JSON that is nested deeper than is read.</summary>
internal sealed class NestedTooDeepException : JsonException;
