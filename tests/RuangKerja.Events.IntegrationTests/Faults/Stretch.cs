namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>What a chunk of bytes meets on its way.</summary>
internal enum Passage
{
    /// <summary>It arrives.</summary>
    Passes,

    /// <summary>It never arrives, and nobody is told.</summary>
    IsSwallowed,

    /// <summary>The connection is reset before it arrives.</summary>
    IsCut,
}

/// <summary>One direction of a <see cref="ChaosProxy"/>, and what goes wrong on it.</summary>
internal sealed class Stretch
{
    /// <summary>What a chunk has at most when all is well.</summary>
    internal const int Widest = 16 * 1024;

    private readonly Lock _gate = new();
    private long? _left;
    private Func<ReadOnlyMemory<byte>, bool>? _trigger;
    private Action? _effect;

    /// <summary>How many bytes never arrived.</summary>
    public long Swallowed { get; private set; }

    /// <summary>What is sent never arrives.</summary>
    public bool Swallows { get; set; }

    /// <summary>How long each chunk is under way.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>The most bytes that a chunk has: with a delay, a trickle.</summary>
    public int MostBytes { get; set; } = Widest;

    /// <summary>The connection is reset once so many more bytes have passed, over all connections.</summary>
    public void CutAfter(long bytes)
    {
        lock (_gate)
            _left = bytes;
    }

    /// <summary>The next chunk that fits brings the effect about, just before it is passed on.</summary>
    public void Once(Func<ReadOnlyMemory<byte>, bool> fits, Action effect)
    {
        lock (_gate)
            (_trigger, _effect) = (fits, effect);
    }

    /// <summary>All is well again.</summary>
    public void Heal()
    {
        lock (_gate)
            (_left, _trigger, _effect, Swallows, Delay, MostBytes) = (null, null, null, false, TimeSpan.Zero, Widest);
    }

    /// <summary>What the next chunk meets.</summary>
    internal Passage Meet(ReadOnlyMemory<byte> chunk)
    {
        Action? effect = null;
        lock (_gate)
        {
            if (_trigger?.Invoke(chunk) == true)
                (effect, _effect, _trigger) = (_effect, null, null);
        }

        effect?.Invoke();
        lock (_gate)
        {
            if (_left is { } left && (_left = left - chunk.Length) < 0)
            {
                _left = null;
                return Passage.IsCut;
            }

            if (!Swallows)
                return Passage.Passes;
            Swallowed += chunk.Length;
            return Passage.IsSwallowed;
        }
    }
}
