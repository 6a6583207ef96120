using System.Text;
using System.Text.Json;

namespace RuangKerja.Events.Api;

/// <summary>
/// One row of a roster as it was received: nothing is judged but the JSON types. A field that is absent, null or not of its
/// type is null; in the last case <see cref="Malformations"/> says so.
/// </summary>
/// <param name="EmployeeId">The company's employee id; all that is taken of who it is.</param>
/// <param name="PreTest">The score before the course; null while not submitted.</param>
/// <param name="PostTest">The score after the course; null while not submitted.</param>
/// <param name="TimeSpentSeconds">How long the employee was in the course.</param>
/// <param name="CompletedAt">A bare date, or empty.</param>
/// <param name="Status">The API's word for the status.</param>
/// <param name="Raw">The item's JSON text as it came, names included, with U+007F for each byte that is not UTF-8.</param>
/// <param name="Malformations">What is wrong with the item's JSON, one sentence each; empty for a well-formed item.</param>
public sealed record RosterRow(
    string? EmployeeId,
    double? PreTest,
    double? PostTest,
    long? TimeSpentSeconds,
    string? CompletedAt,
    string? Status,
    string Raw,
    IReadOnlyList<string> Malformations
)
{
    /// <summary>Reads one item of a roster from its JSON text, as it was kept.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static RosterRow Parse(string raw) => Parse(Encoding.UTF8.GetBytes(raw));

    internal static RosterRow Parse(byte[] raw)
    {
        using var document = JsonDocument.Parse(raw, AnswerJson.DocumentOptions);
        var item = new ItemJson(document.RootElement);
        return new(
            item.Object("user"u8).String("employeeID"u8),
            item.Number("preTest"u8),
            item.Number("postTest"u8),
            item.WholeNumber("timeSpent"u8),
            item.String("completedAt"u8),
            item.String("status"u8),
            Encoding.UTF8.GetString(raw),
            item.Malformations
        );
    }
}
