using System.Text.Json;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Replay.Requests;

/// <summary>Reads the members of a request's JSON one by one; what cannot be read is a fault, and counts as left out.</summary>
internal sealed class RequestMembers
{
    // A fault quotes so much of what was found.
    private const int LongestQuote = 60;

    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public RequestMembers(JsonElement message)
    {
        foreach (var member in message.EnumerateObject())
            _members[member.Name] = member.Value;
    }

    /// <summary>All that was wrong so far.</summary>
    public List<ReplayFault> Faults { get; } = [];

    public string? Text(string name) =>
        Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : Refuse<string>(name, value, "a text");

    /// <summary>The same of a member that must be there, and not be empty.</summary>
    public string RequiredText(string name)
    {
        if (Find(name) is null || (Text(name) is { } text && string.IsNullOrWhiteSpace(text)))
            Add(name, "It is missing.");
        return Text(name) ?? "";
    }

    public Guid? RequiredId(string name)
    {
        if (Find(name) is not { } value)
        {
            Add(name, "It is missing: a UUID made by the requester, the same when it asks again.");
            return null;
        }

        return Uuid(value) ?? RefuseValue<Guid>(name, value, "a UUID");
    }

    public DateTimeOffset? Instant(string name) =>
        Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String && Rfc3339.TryParse(value.GetString(), out var instant) ? instant
        : RefuseValue<DateTimeOffset>(name, value, "an instant with its offset, such as 2026-01-31T00:00:00+07:00");

    public long? Number(string name) =>
        Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number
        : RefuseValue<long>(name, value, "a whole number");

    public int? SmallNumber(string name) =>
        Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number
        : RefuseValue<int>(name, value, "a whole number");

    public bool Flag(string name) =>
        Find(name) is { } value
        && (
            value.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? value.GetBoolean()
                : RefuseValue<bool>(name, value, "true or false") ?? false
        );

    /// <summary>A list; each of its entries that cannot be read is a fault.</summary>
    public List<T> List<T>(string name, Func<JsonElement, T?> read, string form)
        where T : struct
    {
        if (Find(name) is not { } value)
            return [];
        if (value.ValueKind != JsonValueKind.Array)
        {
            Refuse<object>(name, value, $"a list, each entry {form}");
            return [];
        }

        return
        [
            .. value.EnumerateArray().Select(entry => read(entry) ?? RefuseValue<T>(name, entry, form)).OfType<T>(),
        ];
    }

    /// <summary>An object whose values are whole numbers.</summary>
    public Dictionary<string, long> Numbers(string name)
    {
        var numbers = new Dictionary<string, long>(StringComparer.Ordinal);
        if (Find(name) is not { } value)
            return numbers;
        if (value.ValueKind != JsonValueKind.Object)
        {
            Refuse<object>(name, value, "an object of assignment ids and versions");
            return numbers;
        }

        foreach (var entry in value.EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.Number && entry.Value.TryGetInt64(out var number) && number >= 0)
                numbers[entry.Name] = number;
            else
                Refuse<object>($"{name}.{entry.Name}", entry.Value, "a version, 0 or higher");
        }

        return numbers;
    }

    /// <summary>To be called last: what nobody has asked for may have been meant to narrow the request.</summary>
    public void RefuseUnknown()
    {
        var message = $"RequestReplay has no such member in this version; it has {string.Join(", ", _known)}.";
        foreach (var name in _members.Keys.Where(name => !_known.Contains(name)))
            Add(name, message);
    }

    public static Guid? Uuid(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.TryGetGuid(out var id) ? id : null;

    private JsonElement? Find(string name)
    {
        _known.Add(name);
        return _members.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private T? Refuse<T>(string name, JsonElement found, string allowed)
        where T : class
    {
        if (Faults.Count < ReplayRequestReader.MostFaults)
            Add(name, $"Found {Quote(found)}; allowed is {allowed}.");
        return null;
    }

    /// <summary>The first ones tell enough of a list, or an object, with a hundred thousand.</summary>
    private void Add(string name, string message)
    {
        if (Faults.Count < ReplayRequestReader.MostFaults)
            Faults.Add(new ReplayFault(Short(name), message));
    }

    private T? RefuseValue<T>(string name, JsonElement found, string allowed)
        where T : struct
    {
        Refuse<object>(name, found, allowed);
        return null;
    }

    private static string Quote(JsonElement found) =>
        found.ValueKind switch
        {
            JsonValueKind.Array => "a list",
            JsonValueKind.Object => "an object",
            _ => Short(found.GetRawText()),
        };

    private static string Short(string text) => text.Length <= LongestQuote ? text : text[..LongestQuote] + "…";
}
