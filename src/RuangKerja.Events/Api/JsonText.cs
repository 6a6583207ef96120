using System.Globalization;
using System.Text.Json;

namespace RuangKerja.Events.Api;

/// <summary>Reads single JSON values without ever throwing on what others wrote.</summary>
internal static class JsonText
{
    /// <summary>The property's value; false when the element is no object, or the property is absent or null.</summary>
    public static bool TryGet(JsonElement element, string name, out JsonElement value)
    {
        value = default;
        if (element.ValueKind is not JsonValueKind.Object)
        {
            return false;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (IsNamed(property, name))
            {
                value = property.Value;
            }
        }

        return value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);
    }

    /// <summary>The string; null when the value is none, or holds escapes that are no text (half a surrogate pair).</summary>
    public static string? AsString(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The property's string, or null.</summary>
    public static string? String(JsonElement element, string name) =>
        TryGet(element, name, out var value) ? AsString(value) : null;

    /// <summary>The property as a number, written as a number or as a string; else null.</summary>
    public static double? Number(JsonElement element, string name)
    {
        if (!TryGet(element, name, out var value))
        {
            return null;
        }

        var text = value.ValueKind is JsonValueKind.Number ? value.GetRawText() : AsString(value);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>The property as a whole number from 0, written as a number or as a string; else null.</summary>
    public static int? Count(JsonElement element, string name) =>
        Number(element, name) is >= 0 and <= int.MaxValue and var number && double.IsInteger(number)
            ? (int)number
            : null;

    /// <summary>Compares names; one that is no text equals none.</summary>
    public static bool IsNamed(JsonProperty property, string name)
    {
        try
        {
            return property.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <inheritdoc cref="IsNamed(JsonProperty, string)"/>
    public static bool IsNamed(JsonProperty property, ReadOnlySpan<byte> name)
    {
        try
        {
            return property.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Compares the text of a token; one that is no text equals none.</summary>
    public static bool IsText(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        try
        {
            return reader.ValueTextEquals(text);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The kind of a value in words, with its article.</summary>
    public static string KindOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "a number",
            JsonValueKind.True or JsonValueKind.False => "a boolean",
            JsonValueKind.Null => "null",
            _ => "absent",
        };

    /// <summary>The kind of the value that begins with a token, with its article.</summary>
    public static string KindOf(JsonTokenType token) =>
        token switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "an array",
            JsonTokenType.String => "a string",
            JsonTokenType.Number => "a number",
            JsonTokenType.Null => "null",
            _ => "a boolean",
        };
}
