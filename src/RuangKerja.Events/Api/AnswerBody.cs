namespace RuangKerja.Events.Api;

/// <summary>Reads an answer's body, and no more of it than is allowed.</summary>
internal static class AnswerBody
{
    private const int ChunkBytes = 32 * 1024;

    /// <summary>The whole body; null when it is larger than <paramref name="maxBytes"/>.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        Stream stream,
        long maxBytes,
        CancellationToken cancellationToken
    )
    {
        using var body = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        while (await stream.ReadAsync(chunk, cancellationToken) is var read and > 0)
        {
            if (body.Length + read > maxBytes)
            {
                return null;
            }

            await body.WriteAsync(chunk.AsMemory(0, read), cancellationToken);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }
}
