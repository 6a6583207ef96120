using System.Reflection;
using System.Text.Json;
using System.Xml.Linq;
using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Tests.Contracts;

/// <summary>The doc comments of the contracts as plain text: what a type or a member is named in them is named as on the wire.</summary>
internal static class MemberDocs
{
    private static readonly Dictionary<string, XElement> Summaries = XDocument
        .Load(Path.ChangeExtension(typeof(CourseStatusChanged).Assembly.Location, "xml"))
        .Descendants("member")
        .Where(member => member.Element("summary") is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary")!);

    public static string? Of(Type type) => Text($"T:{type.FullName}");

    public static string? Of(PropertyInfo member) => Text($"P:{member.DeclaringType!.FullName}.{member.Name}");

    private static string? Text(string id) =>
        Summaries.TryGetValue(id, out var summary)
            ? string.Join(
                ' ',
                string.Concat(summary.Nodes().Select(Text)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            )
            : null;

    private static string Text(XNode node) =>
        node switch
        {
            XText text => text.Value,
            XElement element when element.Attribute("cref")?.Value is { } reference => Name(reference),
            XElement element => element.Value,
            _ => "",
        };

    // Members by their name on the wire; classes of words, which are not on it, by what they are.
    private static string Name(string reference)
    {
        var name = reference.Split('.')[^1];
        if (reference.StartsWith("P:", StringComparison.Ordinal))
            return JsonNamingPolicy.CamelCase.ConvertName(name);
        return Words.Of(name) is { } words ? string.Join(", ", words) : name;
    }
}
