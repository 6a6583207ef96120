using System.Text.Json;
using System.Text.Json.Serialization;

namespace RuangKerja.Events.Courses;

/// <summary>
/// The JSON of stored events and snapshots: camelCase members, lower_snake_case words, null members left out.
/// Both storage engines and every Marten application that opens the database use these options.
/// </summary>
public static class CoursesJson
{
    /// <summary>The options, read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            TypeInfoResolver = CoursesJsonContext.Default,
        };
        options.Converters.Add(
            new JsonStringEnumConverter<CourseStatus>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
        );
        options.Converters.Add(
            new JsonStringEnumConverter<ChangeKind>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
        );
        options.Converters.Add(
            new JsonStringEnumConverter<OccurredAtPrecision>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
        );
        options.Converters.Add(
            new JsonStringEnumConverter<ObservationSource>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
        );
        options.MakeReadOnly();
        return options;
    }
}

[JsonSerializable(typeof(CourseStatusChanged))]
[JsonSerializable(typeof(CourseStatusSnapshot))]
internal sealed partial class CoursesJsonContext : JsonSerializerContext;
