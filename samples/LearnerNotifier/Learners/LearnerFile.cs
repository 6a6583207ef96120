using System.Net.Mail;

namespace LearnerNotifier.Learners;

/// <summary>
/// Reads a file of learners: comma-separated, UTF-8, with the heading <c>company,employeeId,address,language</c>; the language
/// is <c>id</c> or <c>en</c>. Pure.
/// </summary>
public static class LearnerFile
{
    /// <summary>The first line.</summary>
    public const string Heading = "company,employeeId,address,language";

    private const int Columns = 4;

    /// <summary>Reads the lines of a file.</summary>
    /// <exception cref="FormatException">With every line that is wrong.</exception>
    public static Dictionary<(string Company, string EmployeeId), Learner> Read(IReadOnlyList<string> lines)
    {
        var learners = new Dictionary<(string, string), Learner>();
        var faults = new List<string>();
        if (lines.Count == 0 || lines[0].Trim() != Heading)
            faults.Add($"Line 1: the heading is missing; it is {Heading}");

        for (var i = 1; i < lines.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
                continue;

            var fields = lines[i].Split(',', StringSplitOptions.TrimEntries);
            if (fields.Length != Columns)
                faults.Add($"Line {i + 1}: it has {fields.Length} fields, {Columns} are wanted: {Heading}");
            else if (!MailAddress.TryCreate(fields[2], out var address))
                faults.Add($"Line {i + 1}: '{fields[2]}' is no mail address");
            else if (!TryParse(fields[3], out var language))
                faults.Add($"Line {i + 1}: the language is '{fields[3]}'; id and en are allowed");
            else if (!learners.TryAdd((fields[0], fields[1]), new Learner(address, language)))
                faults.Add($"Line {i + 1}: '{fields[1]}' of company '{fields[0]}' is there twice");
        }

        return faults.Count == 0 ? learners : throw new FormatException(string.Join(Environment.NewLine, faults));
    }

    /// <summary>Writes <c>id</c> or <c>en</c>, which are the words of HTML and of mail headers too (RFC 5646).</summary>
    public static string WordOf(Language language) => language == Language.Indonesian ? "id" : "en";

    /// <summary>Reads <c>id</c> or <c>en</c>.</summary>
    public static bool TryParse(string? text, out Language language)
    {
        (var known, language) = text switch
        {
            "id" => (true, Language.Indonesian),
            "en" => (true, Language.English),
            _ => (false, default),
        };
        return known;
    }
}
