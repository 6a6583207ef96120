using System.Text.Json;

namespace RuangKerja.Events.Api;

/// <summary>
/// Gives the same string for the same text: the rows of a wide window tell of few courses and statuses, and of each employee
/// several times. What it remembers is bounded; a text takes the place of another one now and then.
/// </summary>
internal sealed class RepeatedTexts
{
    // All employees of a large company.
    private const int Most = 128 * 1024;

    // A power of two, so that a hash falls into it with a mask.
    private string?[] _texts = new string?[32];
    private int _taken;

    /// <summary>The string that a reader stands at.</summary>
    /// <exception cref="InvalidOperationException">It is no text.</exception>
    public string Of(ref Utf8JsonReader reader)
    {
        var hash = new HashCode();
        hash.AddBytes(reader.ValueSpan);
        ref var place = ref _texts[hash.ToHashCode() & (_texts.Length - 1)];
        if (place is not null && reader.ValueTextEquals(place))
        {
            return place;
        }

        var text = reader.GetString()!;
        place = text;
        if (++_taken > _texts.Length && _texts.Length < Most)
        {
            // It begins anew with more room: to learn again costs less than to move.
            _texts = new string?[_texts.Length * 4];
            _taken = 0;
        }

        return text;
    }
}
