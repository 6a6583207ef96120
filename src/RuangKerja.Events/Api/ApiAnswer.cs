namespace RuangKerja.Events.Api;

/// <summary>What came back over HTTP, not yet understood.</summary>
/// <param name="HttpStatus">The status code.</param>
/// <param name="At">When it was given, by the API's own clock; null when it did not tell.</param>
/// <param name="RetryAfter">How long the API asks to wait, already capped.</param>
/// <param name="Location">Where a redirect points.</param>
/// <param name="MediaType">What the API says the body is; only for messages.</param>
/// <param name="Head">The beginning of the body, for quoting.</param>
/// <param name="Length">How much of the body was read, in bytes.</param>
/// <param name="IsWhole">Whether that is all of it.</param>
internal sealed record ApiAnswer(
    int HttpStatus,
    DateTimeOffset? At,
    TimeSpan? RetryAfter,
    string? Location,
    string? MediaType,
    ReadOnlyMemory<byte> Head,
    long Length,
    bool IsWhole
)
{
    public bool IsSuccess => HttpStatus is >= 200 and <= 299;

    public bool IsRedirect => HttpStatus is >= 300 and <= 399;
}
