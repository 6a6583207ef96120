using System.Text;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>What is told apart on the way to PostgreSQL.</summary>
internal static class Bytes
{
    /// <summary>The end of a transaction.</summary>
    public static bool IsCommit(ReadOnlyMemory<byte> chunk) => Holds(chunk, "COMMIT\0");

    /// <summary>The relay settles what the broker has confirmed.</summary>
    public static bool IsSettling(ReadOnlyMemory<byte> chunk) =>
        Holds(chunk, "delete from ruangkerja.outbox where seq_id = any");

    private static bool Holds(ReadOnlyMemory<byte> chunk, string text) =>
        chunk.Span.IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;
}
