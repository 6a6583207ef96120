using System.Text.Json;

namespace RuangKerja.Events.Api;

/// <summary>
/// Unpacks <c>{"status","message","data":{…,"items":[…]}}</c>; <c>data</c> may be the list itself.
/// An unseen change of shape would look like "nothing happened" for ever, so only what surely means an empty list is one:
/// <c>[]</c>, and <c>"items":null</c>, which is how Go writes a list that was never filled. A missing <c>items</c>, a
/// missing or null <c>data</c>, and a feed that says it is only part of one, are faults.
/// </summary>
internal static class Envelope
{
    public static JsonElement Data(JsonElement root, ApiOperation operation)
    {
        if (root.ValueKind is not JsonValueKind.Object)
        {
            throw ApiFailures.OfShape(operation, $"the answer is {JsonText.KindOf(root)}, expected an object");
        }

        return JsonText.TryGet(root, "data", out var data)
            ? data
            : throw ApiFailures.OfShape(operation, "the answer has no data");
    }

    /// <summary>The items of a list that is not paged.</summary>
    public static IReadOnlyList<T> Whole<T>(ListContent<T> content, ApiOperation operation)
    {
        var data = Data(content.Envelope, operation);
        var items = Items(data, content.Rows, operation);
        RefusePart(data, items.Count, operation);
        return items;
    }

    /// <summary>The items of a page, and what it says of its paging.</summary>
    public static (IReadOnlyList<T> Items, PageNumbers Numbers) Page<T>(ListContent<T> content, ApiOperation operation)
    {
        var data = Data(content.Envelope, operation);
        var items = Items(data, content.Rows, operation);
        return (
            items,
            new(
                JsonText.Count(data, "currentPage"),
                JsonText.Count(data, "totalItems"),
                JsonText.Count(data, "totalPage")
            )
        );
    }

    private static IReadOnlyList<T> Items<T>(JsonElement data, IReadOnlyList<T> listed, ApiOperation operation)
    {
        if (data.ValueKind is JsonValueKind.Array)
        {
            return listed;
        }

        if (data.ValueKind is not JsonValueKind.Object)
        {
            throw ApiFailures.OfShape(operation, $"data is {JsonText.KindOf(data)}, expected an object or an array");
        }

        _ = JsonText.TryGet(data, "items", out var items);
        if (items.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null))
        {
            throw ApiFailures.OfShape(operation, $"data.items is {JsonText.KindOf(items)}, expected an array");
        }

        return items.ValueKind is JsonValueKind.Array ? listed : [];
    }

    // No paging is documented here. Should it come, the first page must not pass for the whole.
    private static void RefusePart(JsonElement data, int count, ApiOperation operation)
    {
        var total = JsonText.Number(data, "totalItems");
        var pages = JsonText.Number(data, "totalPage");
        if (total > count || pages > 1)
        {
            throw ApiFailures.OfPart(
                operation,
                $"the answer holds {count} items and says there are {total?.ToString() ?? "more"}"
                    + $" on {pages?.ToString() ?? "one or more"} pages, expected all in one"
            );
        }
    }
}
