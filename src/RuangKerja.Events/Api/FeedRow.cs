using System.Text;
using System.Text.Json;

namespace RuangKerja.Events.Api;

/// <summary>
/// One row of the feed as it was received: nothing is judged but the JSON types. A field that is absent, null or not a
/// string is null; in the last case <see cref="Malformations"/> says so.
/// </summary>
/// <param name="AssignedCourseSerial">The serial of the assignment; several courses may share it.</param>
/// <param name="EmployeeId">The company's employee id.</param>
/// <param name="CourseName">The course's name.</param>
/// <param name="CompletedAt">An RFC 3339 date-time, or empty.</param>
/// <param name="UpdatedAt">An RFC 3339 date-time.</param>
/// <param name="Status">The API's word for the status.</param>
/// <param name="Raw">The item's JSON text as it came, with U+007F for each byte that is not UTF-8.</param>
/// <param name="Malformations">What is wrong with the item's JSON, one sentence each; empty for a well-formed item.</param>
public sealed record FeedRow(
    string? AssignedCourseSerial,
    string? EmployeeId,
    string? CourseName,
    string? CompletedAt,
    string? UpdatedAt,
    string? Status,
    string Raw,
    IReadOnlyList<string> Malformations
)
{
    /// <summary>The item's JSON text as it came; put together when it is asked for, since few rows are asked.</summary>
    public string Raw
    {
        get => Form?.Fill(this) ?? field;
        init;
    } = Raw;

    /// <summary>The text without the values; null where the text itself was kept.</summary>
    internal RowForm? Form { get; init; }

    /// <summary>Reads one item of the feed from its JSON text, as it was kept.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static FeedRow Parse(string raw)
    {
        var bytes = Encoding.UTF8.GetBytes(raw);
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        return new FeedRowReader().Read(ref reader, bytes)
            ?? throw new JsonException("The item's text ends too early.");
    }
}
