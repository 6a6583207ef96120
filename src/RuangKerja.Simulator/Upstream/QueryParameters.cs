using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace RuangKerja.Simulator.Upstream;

/// <summary>The query as the upstream reads it: names are case-sensitive, and a raw <c>+</c> is a space.</summary>
internal sealed class QueryParameters
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz";

    private readonly List<(string Name, string Value)> _pairs = [];

    public QueryParameters(QueryString query)
    {
        foreach (var pair in new QueryStringEnumerable(query.Value))
            _pairs.Add((pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
    }

    /// <summary>The only value of that name; null when it is absent or empty.</summary>
    public string? Optional(string name)
    {
        var value = _pairs.Find(pair => pair.Name == name).Value;
        return string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary>Reads a whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public Answer.Failure? Read(string name, int least, int most, out int number)
    {
        number = 0;
        if (Optional(name) is not { } text)
            return Answer.Failure.BadRequest($"{name} is required");
        if (int.TryParse(text, NumberStyles.None, null, out number) && number >= least && number <= most)
            return null;

        var range = most == int.MaxValue ? $"{least} or more" : $"{least} to {most}";
        return Answer.Failure.BadRequest($"{name} must be {range}, not '{text}'");
    }

    /// <summary>Reads an RFC 3339 date-time, which always has an offset or <c>Z</c>.</summary>
    public Answer.Failure? Read(string name, out DateTimeOffset instant)
    {
        instant = default;
        if (Optional(name) is not { } text)
            return Answer.Failure.BadRequest($"{name} is required");
        if (TryParseInstant(text, out instant))
            return null;

        var detail = $"{name} is not an RFC 3339 date-time with an offset: '{text}'";
        return Answer.Failure.BadRequest(
            text.Contains(' ') ? $"{detail}; a raw + in a query is a space, send it as %2B" : detail
        );
    }

    private static bool TryParseInstant(string text, out DateTimeOffset instant)
    {
        var upper = text.ToUpperInvariant();
        var withOffset = upper.EndsWith('Z') ? $"{upper[..^1]}+00:00" : upper;

        // "zzz" would take an offset without a colon too; RFC 3339 does not.
        instant = default;
        return withOffset.Length > 6
            && withOffset[^6] is '+' or '-'
            && DateTimeOffset.TryParseExact(withOffset, InstantFormat, null, DateTimeStyles.None, out instant);
    }
}
