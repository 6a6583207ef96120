using System.Text.Json;

namespace RuangKerja.Events.Api;

/// <summary>What an answer says about its own failure.</summary>
/// <param name="IsFailure">Whether it says that it is one, whatever the HTTP status.</param>
/// <param name="Code">The <c>errorCode</c> when it is a whole number.</param>
/// <param name="Message">The <c>message</c>.</param>
/// <param name="Detail">The <c>detail</c>.</param>
internal sealed record ErrorBody(bool IsFailure, int? Code, string? Message, string? Detail)
{
    /// <summary>No JSON, so nothing is said.</summary>
    public static readonly ErrorBody None = new(false, null, null, null);

    public static ErrorBody Read(JsonElement root)
    {
        var hasCode = JsonText.TryGet(root, "errorCode", out _);
        var code = JsonText.Number(root, "errorCode");
        var status = JsonText.String(root, "status");
        return new ErrorBody(
            hasCode || (status is not null && !status.Equals("success", StringComparison.OrdinalIgnoreCase)),
            code is { } number && double.IsInteger(number) && Math.Abs(number) <= int.MaxValue ? (int)number : null,
            JsonText.String(root, "message"),
            JsonText.String(root, "detail")
        );
    }
}
