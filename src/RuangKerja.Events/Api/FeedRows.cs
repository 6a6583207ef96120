using System.Text.Json;

namespace RuangKerja.Events.Api;

/// <summary>Reads the feed's items. Every item becomes a row: what is wrong with one is told in it.</summary>
internal static class FeedRows
{
    private static readonly string[] Fields =
    [
        "assignedCourseSerial",
        "employeeID",
        "courseName",
        "completedAt",
        "updatedAt",
        "status",
    ];

    public static List<FeedRow> Read(JsonElement items)
    {
        if (items.ValueKind is not JsonValueKind.Array)
        {
            return [];
        }

        var rows = new List<FeedRow>(items.GetArrayLength());
        foreach (var item in items.EnumerateArray())
        {
            rows.Add(ReadRow(item));
        }

        return rows;
    }

    public static FeedRow ReadRow(JsonElement item)
    {
        var raw = item.GetRawText();
        if (item.ValueKind is not JsonValueKind.Object)
        {
            return new(
                null,
                null,
                null,
                null,
                null,
                null,
                raw,
                [$"the item is {JsonText.KindOf(item)}, expected an object"]
            );
        }

        var values = new string?[Fields.Length];
        var seen = new bool[Fields.Length];
        List<string>? malformations = null;
        foreach (var property in item.EnumerateObject())
        {
            var field = FieldOf(property);
            if (field < 0)
            {
                continue;
            }

            (values[field], var malformation) = seen[field]
                ? (null, $"{Fields[field]} appears more than once")
                : ReadText(property.Value, Fields[field]);
            seen[field] = true;
            if (malformation is not null)
            {
                (malformations ??= []).Add(malformation);
            }
        }

        return new(values[0], values[1], values[2], values[3], values[4], values[5], raw, malformations ?? []);
    }

    private static int FieldOf(JsonProperty property)
    {
        for (var field = 0; field < Fields.Length; field++)
        {
            if (JsonText.IsNamed(property, Fields[field]))
            {
                return field;
            }
        }

        return -1;
    }

    private static (string? Text, string? Malformation) ReadText(JsonElement value, string name) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => (null, null),
            JsonValueKind.String => JsonText.AsString(value) is { } text
                ? (text, null)
                : (null, $"{name} holds half a surrogate pair, which is no text"),
            _ => (null, $"{name} is {JsonText.KindOf(value)}, expected a string"),
        };
}
