using Npgsql;

namespace RuangKerja.Events.Subscriber.Inbox.Postgres;

/// <summary>What is asked of the database and how its answer is read, of one delivery or of several at once.</summary>
/// <param name="subscriber">The queue's name.</param>
/// <param name="gapPatience">How long a gap may close by itself before it is asked for.</param>
internal sealed class InboxStatements(InboxSql sql, string subscriber, TimeSpan gapPatience)
{
    /// <summary>Keeps all others from the delivery's assignment until the transaction ends.</summary>
    public NpgsqlBatchCommand Lock(Delivery delivery) =>
        new(sql.LockAssignment) { Parameters = { Of(subscriber), Of(delivery.Company), Of(delivery.AssignmentId) } };

    /// <summary>What is known of the deliveries' assignments; read by <see cref="ReadAsync"/>.</summary>
    public NpgsqlBatchCommand Read(ReadOnlySpan<Delivery> deliveries) =>
        new(sql.ReadKnown)
        {
            Parameters =
            {
                Of(subscriber),
                Of(Each(deliveries, delivery => delivery.Company)),
                Of(Each(deliveries, delivery => delivery.AssignmentId)),
                Of(Each(deliveries, delivery => delivery.Version)),
                Of(Each(deliveries, delivery => delivery.EventId)),
            },
        };

    /// <summary>Marks them as handled, or as given up, and closes the gaps that end with them.</summary>
    public NpgsqlBatchCommand Mark(ReadOnlySpan<Delivery> deliveries, string? givenUp) =>
        new(sql.MarkHandled)
        {
            Parameters =
            {
                Of(subscriber),
                Of(Each(deliveries, delivery => delivery.Company)),
                Of(Each(deliveries, delivery => delivery.AssignmentId)),
                Of(Each(deliveries, delivery => delivery.Version)),
                Of(Each(deliveries, delivery => delivery.Sequence)),
                Of(Each(deliveries, delivery => delivery.EventId)),
                new NpgsqlParameter { Value = (object?)givenUp ?? DBNull.Value, DataTypeName = "text" },
            },
        };

    /// <summary>Notes that what is before it is missing.</summary>
    public NpgsqlBatchCommand OpenGap(Delivery delivery) =>
        new(sql.OpenGap)
        {
            Parameters =
            {
                Of(subscriber),
                Of(delivery.Company),
                Of(delivery.AssignmentId),
                Of(delivery.Version),
                Of(delivery.Sequence),
                Of(gapPatience),
            },
        };

    /// <summary>The next delivery's assignment, of what <see cref="Read"/> asked for.</summary>
    public static async Task<Known> ReadAsync(
        NpgsqlDataReader row,
        Delivery delivery,
        CancellationToken cancellationToken
    )
    {
        await row.ReadAsync(cancellationToken);
        if (row.IsDBNull(0))
            return new Known(null, IsHandled: false);

        var (isMarked, isGivenUp) = (row.GetBoolean(4), row.GetBoolean(5));
        var progress = new AssignmentProgress(row.GetInt64(0), row.GetInt64(1))
        {
            // Of the others nothing need be known to judge this one.
            GivenUp = isGivenUp ? [delivery.Version] : [],
            Gap = row.IsDBNull(2) ? null : ReadGap(row),
        };
        return new Known(progress, IsHandled: isMarked && !isGivenUp);
    }

    private static OpenGap ReadGap(NpgsqlDataReader row) =>
        new(row.GetInt64(2), row.IsDBNull(3) ? null : row.GetGuid(3))
        {
            Next = row.GetInt64(6),
            IsHole = row.GetBoolean(7),
        };

    private static T[] Each<T>(ReadOnlySpan<Delivery> deliveries, Func<Delivery, T> value)
    {
        var values = new T[deliveries.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(deliveries[i]);
        return values;
    }

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };
}

/// <summary>What is known when a delivery comes.</summary>
/// <param name="Progress">Of its assignment; null when nothing is.</param>
/// <param name="IsHandled">Whether its event was.</param>
internal readonly record struct Known(AssignmentProgress? Progress, bool IsHandled);
