using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace RuangKerja.Events.Api;

/// <summary>
/// The bytes of a list that are not UTF-8. Each is put out of the way where it stands, so that it spoils no more than the
/// item it stands in; the rules for rows tell it by its mark.
/// </summary>
internal static class BrokenBytes
{
    /// <summary>
    /// Stands where such a byte was. It is one byte long, JSON allows it in a string and nowhere else, and no name or id
    /// has a use for it.
    /// </summary>
    public const char Mark = '\u007F';

    /// <summary>Replaces each byte that is no part of a character. What ends inside of one counts as broken.</summary>
    public static void Replace(Span<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return;
        }

        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out _, out var length) is not OperationStatus.Done)
            {
                bytes[..length].Fill((byte)Mark);
            }

            bytes = bytes[length..];
        }
    }
}
