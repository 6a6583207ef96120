using System.Text.Json;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Simulator.Faults;

/// <summary>Puts an <see cref="AnswerFault"/> on the wire.</summary>
internal static class FaultWriter
{
    public static async Task Write(HttpContext context, AnswerFault fault)
    {
        if (fault.Abort)
        {
            context.Abort();
            return;
        }

        var response = context.Response;
        response.StatusCode = fault.Status;
        response.ContentType = fault.ContentType;
        if (fault.RetryAfter is { } retryAfter)
            response.Headers.RetryAfter = retryAfter;

        if (fault.Body is { } body)
        {
            await response.WriteAsync(body, context.RequestAborted);
            return;
        }

        await using var json = new Utf8JsonWriter(response.BodyWriter);
        AnswerWriter.WriteFailure(json, fault.ErrorCode ?? fault.Status, fault.MessageText, fault.MessageText);
    }
}
