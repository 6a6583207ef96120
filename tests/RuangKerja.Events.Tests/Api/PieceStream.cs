using System.Text;

namespace RuangKerja.Events.Tests.Api;

/// <summary>Bytes that come in pieces of a given size at most.</summary>
public sealed class PieceStream(byte[] bytes, int piece) : MemoryStream(bytes)
{
    public PieceStream(string text, int piece)
        : this(Encoding.UTF8.GetBytes(text), piece) { }

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(piece, buffer.Length)]);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));
}
