namespace RuangKerja.Events.Storage.History;

public sealed partial class PostgresEventHistory
{
    private const int SummaryPage = 50_000;

    /// <inheritdoc />
    public async Task<EventSummary> SummariseAsync(
        EventFilter filter,
        long after,
        long through,
        CancellationToken cancellationToken
    )
    {
        // Found as a replay finds them: what is counted is what would be sent.
        var sample = new SequenceSample();
        IReadOnlyList<long> page;
        do
        {
            page = await FindAsync(filter, after, through, SummaryPage, cancellationToken);
            foreach (var sequence in page)
                sample.Add(sequence);
            after = sample.Last;
        } while (page.Count == SummaryPage);

        if (sample.Count == 0)
            return new EventSummary(0, First: null, Last: null, DataBytes: 0);

        var bytes = await MeasureAsync(sample.Kept, cancellationToken);
        return new EventSummary(
            sample.Count,
            await MarkAsync(sample.First, cancellationToken),
            await MarkAsync(sample.Last, cancellationToken),
            (long)((double)bytes * sample.Count / sample.Kept.Count)
        );
    }

    private Task<long> MeasureAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
        database.RunAsync(
            $"Measuring {sequences.Count} stored events",
            database.Sql.MeasureEvents,
            async command => (long)(await command.ExecuteScalarAsync(cancellationToken))!,
            sequences.ToArray()
        );

    private Task<EventMark> MarkAsync(long sequence, CancellationToken cancellationToken) =>
        database.RunAsync(
            "Reading when an event was stored",
            database.Sql.ReadRecordedAt,
            async command =>
            {
                await using var row = await command.ExecuteReaderAsync(cancellationToken);
                await row.ReadAsync(cancellationToken);
                return new EventMark(sequence, row.GetFieldValue<DateTimeOffset>(0));
            },
            sequence
        );
}
