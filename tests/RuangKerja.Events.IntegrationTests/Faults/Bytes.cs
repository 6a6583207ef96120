using System.Text;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>What goes by in a chunk, for <see cref="Stretch.Once"/>.</summary>
internal static class Bytes
{
    private static readonly Func<ReadOnlyMemory<byte>, bool> Settling = Hold(
        "delete from ruangkerja.outbox where seq_id = any"
    );

    /// <summary>PostgreSQL is asked to commit.</summary>
    public static bool AreCommit(ReadOnlyMemory<byte> chunk) => Hold("COMMIT\0")(chunk);

    /// <summary>The relay settles what the broker has confirmed.</summary>
    public static bool AreSettling(ReadOnlyMemory<byte> chunk) => Settling(chunk);

    /// <summary>The text is among them, whole.</summary>
    public static Func<ReadOnlyMemory<byte>, bool> Hold(string text)
    {
        var sought = Encoding.UTF8.GetBytes(text);
        return chunk => chunk.Span.IndexOf(sought) >= 0;
    }
}
