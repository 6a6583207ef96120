using System.Globalization;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Service.Http.Problems;

namespace RuangKerja.Events.Service.Http.Api.Queries;

/// <summary>
/// Reads query parameters one by one and gathers what is wrong with them: what is not declared, given twice or empty, and
/// every value that is not as declared. One that is wrong reads as if it were absent.
/// </summary>
internal sealed class QueryReader
{
    private readonly IQueryCollection _query;
    private readonly Dictionary<string, IReadOnlyList<string>> _errors = [];

    public QueryReader(HttpContext context)
    {
        _query = context.Request.Query;
        var parameters = context.GetEndpoint()?.Metadata.GetMetadata<QueryParameters>() ?? new QueryParameters([]);
        var declared = parameters.All;
        var names = string.Join(", ", declared.Select(parameter => parameter.Name));
        foreach (var name in _query.Keys.Where(name => declared.All(parameter => parameter.Name != name)))
            Refuse(name, parameters.Declined.GetValueOrDefault(name) ?? NoSuch(names));
        foreach (var (name, values) in _query.Where(pair => pair.Value.Count > 1))
            Refuse(name, $"'{name}' is given {values.Count} times; write it once.");
    }

    private static string NoSuch(string names) =>
        names.Length == 0 ? "There are no parameters here." : $"There is no such parameter; there are {names}.";

    /// <summary>Notes a fault.</summary>
    public void Refuse(string name, string message) => _errors.TryAdd(name, [message]);

    /// <summary>Ends reading: returns when nothing was wrong.</summary>
    /// <exception cref="ProblemException">Something was.</exception>
    public void ThrowIfFaulty()
    {
        if (_errors.Count > 0)
            throw ProblemsOf.Invalid(_errors);
    }

    /// <summary>The value as it is; null when it is absent or wrong.</summary>
    public string? Text(QueryParameter parameter)
    {
        // The framework finds names in any letter case; documented is one.
        if (_query.Keys.All(name => name != parameter.Name) || _query[parameter.Name] is not [{ } text])
            return null;
        if (text.Length > 0 && text.Length <= parameter.LongestText && !text.Contains('\0'))
            return text;

        RefuseValue(parameter, text);
        return null;
    }

    public long? WholeNumber(QueryParameter parameter)
    {
        if (Text(parameter) is not { } text)
            return null;
        if (
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= parameter.Least
            && number <= parameter.Most
        )
        {
            return number;
        }

        RefuseValue(parameter, text);
        return null;
    }

    public Guid? Uuid(QueryParameter parameter)
    {
        if (Text(parameter) is not { } text)
            return null;
        if (Guid.TryParseExact(text, "D", out var uuid))
            return uuid;

        RefuseValue(parameter, text);
        return null;
    }

    public DateTimeOffset? Instant(QueryParameter parameter)
    {
        if (Text(parameter) is not { } text)
            return null;
        if (Rfc3339.TryParse(text, out var instant))
            return instant;

        RefuseValue(parameter, text);
        return null;
    }

    public bool Flag(QueryParameter parameter)
    {
        var text = Text(parameter);
        if (text is not (null or "true" or "false"))
            RefuseValue(parameter, text);
        return text == "true";
    }

    public TWord? Word<TWord>(QueryParameter parameter)
        where TWord : struct, Enum
    {
        if (Text(parameter) is not { } text)
            return null;
        if (Queries.Words.TryParse<TWord>(text, out var word))
            return word;

        RefuseValue(parameter, text);
        return null;
    }

    /// <summary>Empty when it is absent.</summary>
    public IReadOnlyList<TWord> Words<TWord>(QueryParameter parameter)
        where TWord : struct, Enum
    {
        var words = new List<TWord>();
        foreach (var text in Text(parameter)?.Split(',') ?? [])
        {
            if (Queries.Words.TryParse<TWord>(text, out var word))
                words.Add(word);
            else
                RefuseValue(parameter, text);
        }

        return words;
    }

    public void RefuseValue(QueryParameter parameter, string found)
    {
        var shown = found.Length > 100 ? $"{found[..100]}…" : found;
        Refuse(parameter.Name, $"'{parameter.Name}' is '{shown}'; it may be {parameter.Expected}.");
    }
}
