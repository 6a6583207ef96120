using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Replay;

/// <summary>Where every door brings its requests: what one may ask for, all may, by the same rules.</summary>
public interface IReplayDesk
{
    /// <summary>
    /// Checks the request and the queue, and keeps the replay. A request whose id is known is not checked again: the answer is
    /// the replay that is kept.
    /// </summary>
    /// <exception cref="StorageException">The database did not do its part.</exception>
    /// <exception cref="BrokerException">The broker could not be asked whether the queue exists.</exception>
    Task<ReplayAnswer> AskAsync(ReplayRequest request, CancellationToken cancellationToken);

    /// <summary>Tells what the request would come to; keeps nothing and sends nothing.</summary>
    /// <inheritdoc cref="AskAsync" />
    Task<ReplayEstimate> EstimateAsync(ReplayRequest request, CancellationToken cancellationToken);
}
