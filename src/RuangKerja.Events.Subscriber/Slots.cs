namespace RuangKerja.Events.Subscriber;

/// <summary>How many may do something at once; the others wait.</summary>
internal sealed class Slots(int count) : IDisposable
{
    private readonly SemaphoreSlim _free = new(count, count);

    /// <summary>Takes one when one is free; disposed, it is free again.</summary>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        return new Slot(_free);
    }

    /// <inheritdoc />
    public void Dispose() => _free.Dispose();

    private sealed class Slot(SemaphoreSlim free) : IDisposable
    {
        private SemaphoreSlim? _free = free;

        /// <summary>More than once is as good as once.</summary>
        public void Dispose() => Interlocked.Exchange(ref _free, null)?.Release();
    }
}
