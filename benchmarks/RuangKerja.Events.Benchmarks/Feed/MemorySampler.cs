namespace RuangKerja.Events.Benchmarks.Feed;

/// <summary>How much memory a process had, in bytes.</summary>
/// <param name="WorkingSet">Of the whole process.</param>
/// <param name="Heap">Of objects, those included that are garbage and not collected yet.</param>
internal readonly record struct MemoryUse(long WorkingSet, long Heap)
{
    private const double Megabyte = 1024.0 * 1024;

    public static MemoryUse Now() => new(Environment.WorkingSet, GC.GetTotalMemory(forceFullCollection: false));

    /// <summary>In MB.</summary>
    public MemoryAbove Above(MemoryUse idle) =>
        new((WorkingSet - idle.WorkingSet) / Megabyte, (Heap - idle.Heap) / Megabyte);

    public MemoryUse Max(MemoryUse other) => new(Math.Max(WorkingSet, other.WorkingSet), Math.Max(Heap, other.Heap));
}

/// <summary>How much more than idle, in MB.</summary>
internal sealed record MemoryAbove(double WorkingSet, double Heap);

/// <summary>Looks at this process's memory every few milliseconds, on a thread of its own.</summary>
internal sealed class MemorySampler : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(15);

    private readonly ManualResetEventSlim _ended = new();
    private readonly Thread _thread;
    private MemoryUse _peak = MemoryUse.Now();

    public MemorySampler()
    {
        _thread = new Thread(Sample) { IsBackground = true, Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>Stops looking; the most there was at any time.</summary>
    public MemoryUse Stop()
    {
        _ended.Set();
        _thread.Join();
        return _peak.Max(MemoryUse.Now());
    }

    /// <summary>What is left when nothing is going on and all garbage is collected.</summary>
    public static MemoryUse Settled()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return MemoryUse.Now();
    }

    public void Dispose() => _ended.Dispose();

    private void Sample()
    {
        while (!_ended.Wait(Interval))
            _peak = _peak.Max(MemoryUse.Now());
    }
}
