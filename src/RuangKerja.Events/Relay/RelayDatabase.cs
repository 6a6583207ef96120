using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Relay;

/// <summary>What one company's relay does in the database beside its passes.</summary>
/// <remarks>Every method throws <see cref="StorageException"/> when the database does not do its part.</remarks>
public sealed class RelayDatabase(IOutbox outbox, DatabaseSchema schema, RelayOptions options, TimeProvider time)
{
    private static readonly TimeSpan TrimInterval = TimeSpan.FromHours(1);

    // Well within the longest time a statement may take.
    private const int TrimPortion = 10_000;

    private DateTimeOffset _trimmedAt = DateTimeOffset.MinValue;
    private bool _isTrusted;

    /// <summary>Looks once whether the tables are those of this version.</summary>
    public async Task EnsureCurrentAsync(CancellationToken cancellationToken)
    {
        if (!_isTrusted)
            await schema.EnsureCurrentAsync(cancellationToken);
        _isTrusted = true;
    }

    /// <summary>A database that was away may come back as another one.</summary>
    public void Distrust(Exception error) => _isTrusted &= error is not StorageException;

    /// <summary>Removes unroutable rows that are old enough, a portion at a time; now and then.</summary>
    public async Task TrimAsync(Company company, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - _trimmedAt < TrimInterval)
            return;

        // Noted before: one that fails must not cost the relay its time with every turn.
        _trimmedAt = now;
        var trimmed = await outbox.TrimUnroutableAsync(
            company,
            options.UnroutableRetention,
            TrimPortion,
            cancellationToken
        );
        // The rest follows with the next turn.
        if (trimmed == TrimPortion)
            _trimmedAt = DateTimeOffset.MinValue;
    }
}
