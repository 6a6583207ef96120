using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RuangKerja.Simulator.Control;

/// <summary>Reads and writes the bodies of control requests.</summary>
internal static class ControlJson
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        // A misspelt member would otherwise be an order that silently does nothing.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static Task Write<T>(HttpContext context, T body, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body, Format, "application/json", context.RequestAborted);
    }

    public static Task Refuse(HttpContext context, int status, string error) =>
        Write(context, new ControlError(error), status);

    /// <summary>The body, or null after an answer was given that says what is wrong with it.</summary>
    public static async Task<T?> Read<T>(HttpContext context)
        where T : class
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Format, context.RequestAborted);
            if (body is not null)
                return body;
            await Refuse(context, StatusCodes.Status400BadRequest, "The body is null.");
        }
        catch (JsonException e)
        {
            await Refuse(context, StatusCodes.Status400BadRequest, e.Message);
        }

        return null;
    }

    private sealed record ControlError(string Error);
}
