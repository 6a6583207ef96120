using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Tests.Contracts;

/// <summary>Everything that goes over the bus, and how it is written there.</summary>
internal static class MessageTypes
{
    /// <summary>As the relay writes and MassTransit reads messages: camelCase members, null members left out.</summary>
    public static readonly JsonSerializerOptions OnTheWire = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>The records that are messages by themselves: not the classes of words, not what only stands inside another.</summary>
    public static IReadOnlyList<Type> All { get; } =
    [
        .. typeof(CourseStatusChanged)
            .Assembly.GetExportedTypes()
            .Where(type => !(type.IsAbstract && type.IsSealed))
            .Where(type => !IsPart(type))
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    /// <summary>The name of its files: <c>course-completed</c>.</summary>
    public static string FileName(Type type) => JsonNamingPolicy.KebabCaseLower.ConvertName(type.Name);

    private static bool IsPart(Type type) =>
        typeof(CourseStatusChanged)
            .Assembly.GetExportedTypes()
            .SelectMany(other => other.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .SelectMany(member => member.PropertyType.GetGenericArguments().Append(member.PropertyType))
            .Contains(type);
}
