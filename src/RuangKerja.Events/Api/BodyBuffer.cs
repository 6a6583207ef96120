using System.Buffers;

namespace RuangKerja.Events.Api;

/// <summary>
/// The part of a body that has come and is not understood yet. It counts the whole, keeps the beginning for quoting,
/// drops a byte order mark, and hands out whole characters only: a byte that is part of none is marked
/// (<see cref="BrokenBytes"/>), but not in the beginning that is kept.
/// </summary>
internal sealed class BodyBuffer(Stream stream, long maxBytes) : IDisposable
{
    /// <summary>How much of the beginning is kept.</summary>
    public const int HeadBytes = 64 * 1024;

    private readonly MemoryStream _head = new();
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(HeadBytes);

    // What is unread begins at _start, is checked up to _checked, and ends at _end.
    private int _start;
    private int _checked;
    private int _end;

    public long Length { get; private set; }

    public bool AtEnd { get; private set; }

    /// <summary>What keeps the body from being read on: it is too large, or ends inside a character.</summary>
    public AnswerFault Fault { get; private set; }

    public ReadOnlyMemory<byte> Head => _head.GetBuffer().AsMemory(0, (int)_head.Length);

    public ReadOnlySpan<byte> Unread => _bytes.AsSpan(_start, _checked - _start);

    public void Consume(int count) => _start += count;

    /// <summary>Reads on; false at the end and with a fault.</summary>
    /// <remarks>What was not enough is doubled before it is looked at again: the work stays in proportion to the body.</remarks>
    public async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        var enough = Math.Max(1, 2 * (_end - _start));
        while (_end - _start < enough)
        {
            if (!await ReadAsync(cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads on, understanding nothing, until the head is full.</summary>
    public async Task FillHeadAsync(CancellationToken cancellationToken)
    {
        while (_head.Length < HeadBytes && await ReadAsync(cancellationToken))
        {
            _start = _checked;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _head.Dispose();
    }

    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var read = await stream.ReadAsync(_bytes.AsMemory(_end), cancellationToken);
        if (read == 0)
        {
            AtEnd = true;
            Fault = _checked < _end ? AnswerFault.Truncated : AnswerFault.None;
            return false;
        }

        _head.Write(_bytes, _end, (int)Math.Min(read, HeadBytes - _head.Length));
        Length += read;
        _end += read;
        if (Length > maxBytes)
        {
            Fault = AnswerFault.TooLarge;
            return false;
        }

        Check();
        return true;
    }

    private void MakeRoom()
    {
        if (_end < _bytes.Length)
        {
            return;
        }

        var room = _end - _start > _bytes.Length / 2 ? ArrayPool<byte>.Shared.Rent(2 * _bytes.Length) : _bytes;
        _bytes.AsSpan(_start, _end - _start).CopyTo(room);
        if (room != _bytes)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = room;
        }

        (_start, _checked, _end) = (0, _checked - _start, _end - _start);
    }

    // What a read cut off waits for what follows it.
    private void Check()
    {
        var fresh = _bytes.AsSpan(_checked, _end - _checked);
        var whole = fresh[..^AnswerJson.CutCharacter(fresh)];
        BrokenBytes.Replace(whole);
        if (_checked == 0 && Length == _end && whole.StartsWith(AnswerJson.ByteOrderMark))
        {
            _start = AnswerJson.ByteOrderMark.Length;
        }

        _checked += whole.Length;
    }
}
