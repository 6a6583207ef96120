using System.Text;
using System.Text.Json;

namespace RuangKerja.Events.Api;

/// <summary>
/// One item's JSON, asked for its members one by one. A member that is absent or null is null; so is one that is not of
/// the type asked for, or appears twice, and that is noted in a sentence.
/// </summary>
internal readonly struct ItemJson
{
    // From it on two neighbouring whole numbers are the same to a double.
    private const double NoLongerExact = 1L << 53;

    private readonly JsonElement _element;
    private readonly string _path;
    private readonly List<string> _malformations;

    public ItemJson(JsonElement item)
        : this(item, "", [])
    {
        if (item.ValueKind is not JsonValueKind.Object)
        {
            _malformations.Add($"the item is {JsonText.KindOf(item)}, expected an object");
        }
    }

    private ItemJson(JsonElement element, string path, List<string> malformations)
    {
        _element = element;
        _path = path;
        _malformations = malformations;
    }

    // Good rows share one empty list, which also makes equal rows equal.
    public IReadOnlyList<string> Malformations =>
        _malformations.Count == 0 ? (IReadOnlyList<string>)[] : _malformations;

    /// <summary>The object the member is; an empty one where it is none, which is noted, as is its absence.</summary>
    public ItemJson Object(ReadOnlySpan<byte> name)
    {
        var isThere = Find(name, out var value);
        if (isThere && value.ValueKind is not JsonValueKind.Object)
        {
            NotA(name, value, "an object");
        }

        return new(value, NameOf(name) + ".", _malformations);
    }

    public string? String(ReadOnlySpan<byte> name)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        if (value.ValueKind is not JsonValueKind.String)
        {
            NotA(name, value, "a string");
            return null;
        }

        var text = JsonText.AsString(value);
        if (text is null)
        {
            _malformations.Add($"{NameOf(name)} holds half a surrogate pair, which is no text");
        }

        return text;
    }

    public double? Number(ReadOnlySpan<byte> name)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        if (value.ValueKind is not JsonValueKind.Number)
        {
            NotA(name, value, "a number or null");
            return null;
        }

        if (value.TryGetDouble(out var number) && double.IsFinite(number))
        {
            return number;
        }

        _malformations.Add($"{NameOf(name)} is larger than any number that can be kept");
        return null;
    }

    /// <summary>A number without a fraction, however it is written: 12, 12.0 and 1.2e1 are the same.</summary>
    public long? WholeNumber(ReadOnlySpan<byte> name)
    {
        if (Number(name) is not { } number)
        {
            return null;
        }

        if (!double.IsInteger(number))
        {
            _malformations.Add($"{NameOf(name)} has a fraction, expected a whole number");
            return null;
        }

        if (Math.Abs(number) < NoLongerExact)
        {
            return (long)number;
        }

        _malformations.Add($"{NameOf(name)} is larger than any number that can be kept");
        return null;
    }

    private bool Has(ReadOnlySpan<byte> name, out JsonElement value) =>
        Find(name, out value) && value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>The member's value, Undefined where it is absent; false when nothing can be said of it.</summary>
    private bool Find(ReadOnlySpan<byte> name, out JsonElement value)
    {
        value = default;
        if (_element.ValueKind is not JsonValueKind.Object)
        {
            return false;
        }

        var times = 0;
        foreach (var property in _element.EnumerateObject())
        {
            if (JsonText.IsNamed(property, name))
            {
                value = property.Value;
                times++;
            }
        }

        if (times <= 1)
        {
            return true;
        }

        value = default;
        _malformations.Add($"{NameOf(name)} appears more than once");
        return false;
    }

    private void NotA(ReadOnlySpan<byte> name, JsonElement value, string expected) =>
        _malformations.Add($"{NameOf(name)} is {JsonText.KindOf(value)}, expected {expected}");

    private string NameOf(ReadOnlySpan<byte> name) => _path + Encoding.UTF8.GetString(name);
}
