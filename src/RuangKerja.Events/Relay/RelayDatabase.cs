using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Relay;

/// <summary>What one company's relay does in the database beside its passes, and the verdict it finds there.</summary>
/// <remarks>Every method throws <see cref="StorageException"/> when the database does not do its part.</remarks>
public sealed class RelayDatabase(IOutbox outbox, DatabaseSchema schema, RelayOptions options, TimeProvider time)
{
    private static readonly TimeSpan TrimInterval = TimeSpan.FromHours(1);

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

    /// <summary>Removes unroutable rows that are old enough; now and then.</summary>
    public async Task TrimAsync(Company company, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - _trimmedAt < TrimInterval)
            return;

        await outbox.TrimUnroutableAsync(company, options.UnroutableRetention, cancellationToken);
        _trimmedAt = now;
    }

    /// <summary>The verdict on a company whose pass went well; null when all that may go goes.</summary>
    public async Task<string?> WhatIsWrongAsync(Company company, RelayPass pass, CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        if (pass.Obstacle is { } obstacle)
            wrong.Add($"{obstacle.Message} The others go on.");
        else if (pass.Refused > 0)
        {
            wrong.Add(
                $"RabbitMQ refuses the next message of {pass.Refused} assignments; the others go on. Look for a full queue "
                    + "with a length limit that rejects, and for its consumer."
            );
        }

        // Held events need a person: nobody else lets them go.
        if (await outbox.ListHoldsAsync(company, cancellationToken) is { Count: > 0 } holds)
        {
            wrong.Add(
                $"{holds.Sum(hold => hold.Events)} events are held since {holds[0].From:O}, all others go on. {holds[0].Reason} "
                    + "Look at them (ruangkerja-events outbox status), then release or discard them."
            );
        }

        return wrong.Count == 0 ? null : string.Join(' ', wrong);
    }
}
