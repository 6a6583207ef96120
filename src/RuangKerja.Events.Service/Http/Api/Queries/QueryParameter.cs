using System.Globalization;

namespace RuangKerja.Events.Service.Http.Api.Queries;

/// <summary>What a query parameter holds.</summary>
internal enum QueryForm
{
    Text,
    Uuid,
    Instant,
    WholeNumber,
    Flag,

    /// <summary>Some of the words, separated by commas.</summary>
    Words,

    /// <summary>One of the words.</summary>
    Word,
}

/// <summary>One query parameter: read, and told in the OpenAPI document, by the same declaration.</summary>
internal sealed record QueryParameter(string Name, QueryForm Form, string Description)
{
    /// <summary>The words that are allowed; empty where any are.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>The least number.</summary>
    public long Least { get; init; }

    /// <summary>The greatest number.</summary>
    public long Most { get; init; } = long.MaxValue;

    /// <summary>The most characters.</summary>
    public int LongestText { get; init; } = 2_000;

    /// <summary>What holds when it is left out; null when nothing does.</summary>
    public string? Default { get; init; }

    /// <summary>What it may hold, as a sentence's end.</summary>
    public string Expected =>
        Form switch
        {
            QueryForm.Uuid => "a UUID",
            QueryForm.Instant =>
                "an instant with its offset, such as 2026-01-31T00:00:00+07:00 (in a query '+' is written %2B)",
            QueryForm.WholeNumber when Most == long.MaxValue => $"a whole number, {Least} or more",
            QueryForm.WholeNumber => $"a whole number, {Least} to {Most}",
            QueryForm.Flag => "true or false",
            QueryForm.Word => $"one of {string.Join(", ", Allowed)}",
            QueryForm.Words when Allowed.Count > 0 => $"some of {string.Join(", ", Allowed)}, separated by commas",
            QueryForm.Words => "names, separated by commas",
            _ => $"1 to {LongestText.ToString("N0", CultureInfo.InvariantCulture)} characters",
        };
}

/// <summary>The parameters of an endpoint: all others are refused.</summary>
internal sealed record QueryParameters(IReadOnlyList<QueryParameter> All)
{
    /// <summary>Why some are refused that one may look for, by name: they stand at other endpoints.</summary>
    public IReadOnlyDictionary<string, string> Declined { get; init; } = new Dictionary<string, string>();
}
