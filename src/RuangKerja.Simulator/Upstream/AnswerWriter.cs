using System.Text.Encodings.Web;
using System.Text.Json;

namespace RuangKerja.Simulator.Upstream;

/// <summary>Puts an <see cref="Answer"/> on the wire.</summary>
internal static class AnswerWriter
{
    // A wide window is one big answer: it goes out in pieces of about this many bytes.
    private const int PieceSize = 64 * 1024;

    private static readonly JsonWriterOptions Format = new()
    {
        // The default would write the + of an offset as \u002B, which no API of this kind does.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // Rows injected as faults may be no JSON at all.
        SkipValidation = true,
    };

    public static async Task Write(HttpContext context, Answer answer, bool failuresAsHttp200)
    {
        var response = context.Response;
        response.ContentType = "application/json";
        if (answer is Answer.Failure failed && !failuresAsHttp200)
            response.StatusCode = failed.HttpStatus;
        if (answer is Answer.Failure { RetryAfter: { } retryAfter })
            response.Headers.RetryAfter = retryAfter;

        var json = new Utf8JsonWriter(response.BodyWriter, Format);
        await using (json)
        {
            switch (answer)
            {
                case Answer.Failure failure:
                    WriteFailure(json, failure.ErrorCode, failure.Message, failure.Detail);
                    break;
                case Answer.One one:
                    BeginSuccess(json);
                    one.Members(json);
                    EndSuccess(json);
                    break;
                case Answer.Items items:
                    BeginSuccess(json);
                    await WriteItems(json, items, context);
                    EndSuccess(json);
                    break;
                default:
                    throw new InvalidOperationException($"No way to write {answer}.");
            }
        }

        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    public static void WriteFailure(Utf8JsonWriter json, int errorCode, string message, string detail)
    {
        json.WriteStartObject();
        json.WriteNumber("errorCode", errorCode);
        json.WriteString("message", message);
        json.WriteString("detail", detail);
        json.WriteEndObject();
    }

    private static async Task WriteItems(Utf8JsonWriter json, Answer.Items items, HttpContext context)
    {
        if (items.Page is { } page)
        {
            json.WriteNumber("currentPage", page.CurrentPage);
            json.WriteNumber("totalItems", page.TotalItems);
            json.WriteNumber("totalPage", page.TotalPage);
        }

        json.WriteStartArray("items");
        foreach (var writeRow in items.Rows)
        {
            writeRow(json);
            if (json.BytesPending < PieceSize)
                continue;
            await json.FlushAsync(context.RequestAborted);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        json.WriteEndArray();
    }

    private static void BeginSuccess(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("status", "success");
        json.WriteString("message", "Success");
        json.WriteStartObject("data");
    }

    private static void EndSuccess(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
