using System.Text.Json;
using System.Text.Json.Serialization;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Storage.Replays;

/// <summary>Filters and what is held, as JSON in a replay's row: camelCase members, lower_snake_case words, null left out. Pure.</summary>
internal static class ReplayJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters =
        {
            new CompanyConverter(),
            new AssignmentIdConverter(),
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
        },
    };

    /// <summary>Without what is held, which is kept apart: lists of replays do not read it.</summary>
    public static string Write(EventFilter filter) => JsonSerializer.Serialize(filter with { Held = null }, Options);

    /// <summary>Null when nothing is held.</summary>
    public static string? Write(HeldEvents? held) => held is null ? null : JsonSerializer.Serialize(held, Options);

    /// <summary>Reads what was written.</summary>
    /// <exception cref="JsonException">It is not of ours.</exception>
    public static EventFilter ReadFilter(string json) =>
        JsonSerializer.Deserialize<EventFilter>(json, Options) ?? throw new JsonException("The filter is null.");

    /// <inheritdoc cref="ReadFilter" />
    public static HeldEvents? ReadHeld(string? json) =>
        json is null ? null : JsonSerializer.Deserialize<HeldEvents>(json, Options);

    private sealed class CompanyConverter : JsonConverter<Company>
    {
        public override Company Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Company.TryCreate(reader.GetString(), out var company)
                ? company
                : throw new JsonException($"'{reader.GetString()}' cannot be a company's name.");

        public override void Write(Utf8JsonWriter writer, Company value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Name);
    }

    private sealed class AssignmentIdConverter : JsonConverter<AssignmentId>
    {
        public override AssignmentId Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => new(reader.GetString() ?? throw new JsonException("An assignment's id is null."));

        public override AssignmentId ReadAsPropertyName(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => Read(ref reader, typeToConvert, options);

        public override void Write(Utf8JsonWriter writer, AssignmentId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);

        public override void WriteAsPropertyName(
            Utf8JsonWriter writer,
            AssignmentId value,
            JsonSerializerOptions options
        ) => writer.WritePropertyName(value.Value);
    }
}
