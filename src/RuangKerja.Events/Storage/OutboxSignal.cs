using System.Collections.Concurrent;
using System.Threading.Channels;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage;

/// <summary>Wakes the relay of a company when its outbox has something new.</summary>
public sealed class OutboxSignal(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Channel<bool>> _bells = new(StringComparer.Ordinal);

    /// <summary>Rings for one tenant; rings while nobody waits are remembered once.</summary>
    public void Set(string tenantId) => Bell(tenantId).Writer.TryWrite(true);

    /// <summary>Waits until rung, at most <paramref name="longest"/>. True when rung.</summary>
    public async Task<bool> WaitAsync(Company company, TimeSpan longest, CancellationToken cancellationToken)
    {
        var bell = Bell(company.TenantId);
        using var bounded = new CancellationTokenSource(longest, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(bounded.Token, cancellationToken);
        try
        {
            await bell.Reader.ReadAsync(linked.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private Channel<bool> Bell(string tenantId) =>
        _bells.GetOrAdd(
            tenantId,
            _ =>
                Channel.CreateBounded<bool>(
                    new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
                )
        );
}
