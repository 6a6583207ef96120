using System.Security.Cryptography;

namespace RuangKerja.Events.Replay;

/// <summary>The ids of replayed messages. Pure.</summary>
public static class ReplayMessageId
{
    private const int Bytes = 16;

    /// <summary>
    /// The same for the same event of the same replay, however often it is sent; another one for every other: the first 16
    /// bytes of SHA-256 over both ids, as RFC 9562 shapes a UUID of version 8.
    /// </summary>
    public static Guid Of(Guid eventId, Guid replayId)
    {
        Span<byte> ids = stackalloc byte[2 * Bytes];
        eventId.TryWriteBytes(ids, bigEndian: true, out _);
        replayId.TryWriteBytes(ids[Bytes..], bigEndian: true, out _);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(ids, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..Bytes], bigEndian: true);
    }
}
