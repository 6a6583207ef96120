using System.Text.Json;

namespace RuangKerja.Events.Api;

/// <summary>What an answer's body turned out to be.</summary>
/// <param name="Fault">Why it is not a JSON document; the content counts for nothing then.</param>
/// <param name="Error">What it says about its own failure.</param>
/// <param name="Head">Its beginning, for quoting; empty when it was not kept.</param>
/// <param name="Length">How much of it was read, in bytes after decompression.</param>
/// <param name="IsWhole">Whether it was read to its end.</param>
/// <param name="Content">What is in it; absent with a fault.</param>
internal sealed record ReadBody<T>(
    AnswerFault Fault,
    ErrorBody Error,
    ReadOnlyMemory<byte> Head,
    long Length,
    bool IsWhole,
    T? Content
);

/// <summary>Reads a body within a limit of bytes.</summary>
internal delegate Task<ReadBody<T>> BodyReader<T>(Stream body, long maxBytes, CancellationToken cancellationToken);

/// <summary>Reads a small body whole.</summary>
internal static class DocumentBody
{
    /// <summary>Failures and tokens are no larger.</summary>
    private const long MaxBytes = 1024 * 1024;

    public static async Task<ReadBody<JsonElement>> ReadAsync(
        Stream body,
        long maxBytes,
        CancellationToken cancellationToken
    )
    {
        var limit = Math.Min(maxBytes, MaxBytes);
        if (await AnswerBody.ReadAsync(body, limit, cancellationToken) is not { } bytes)
        {
            return new(AnswerFault.TooLarge, ErrorBody.None, Head: default, limit, IsWhole: false, Content: default);
        }

        var fault = AnswerJson.TryParse(bytes, out var document);
        using (document)
        {
            var root = document?.RootElement.Clone();
            var error = root is { } read ? ErrorBody.Read(read) : ErrorBody.None;
            return new(fault, error, bytes, bytes.Length, IsWhole: true, root ?? default);
        }
    }
}
