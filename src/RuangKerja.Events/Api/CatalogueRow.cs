using System.Text;
using System.Text.Json;

namespace RuangKerja.Events.Api;

/// <summary>
/// One course of the catalogue as it was received: nothing is judged but the JSON types. A field that is absent, null or
/// not of its type is null; in the last case <see cref="Malformations"/> says so.
/// </summary>
/// <param name="Serial">The course's serial, by which its roster is asked for.</param>
/// <param name="Name">The course's name, by which the feed knows it.</param>
/// <param name="Raw">The item's JSON text as it came, with U+007F for each byte that is not UTF-8.</param>
/// <param name="Malformations">What is wrong with the item's JSON, one sentence each; empty for a well-formed item.</param>
public sealed record CatalogueRow(string? Serial, string? Name, string Raw, IReadOnlyList<string> Malformations)
{
    /// <summary>Reads one item of the catalogue from its JSON text.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    internal static CatalogueRow Parse(byte[] raw)
    {
        using var document = JsonDocument.Parse(raw, AnswerJson.DocumentOptions);
        var item = new ItemJson(document.RootElement);
        return new(item.String("serial"u8), item.String("name"u8), Encoding.UTF8.GetString(raw), item.Malformations);
    }
}
