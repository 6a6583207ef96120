using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage.History;

public sealed partial class PostgresEventHistory
{
    /// <inheritdoc />
    public async Task<long> ReadHorizonAsync(CancellationToken cancellationToken)
    {
        const string operation = "Reading up to which sequence everything is stored";
        try
        {
            // In this order, and what is read up to the horizon after both: docs/decisions/0023.
            await using var batch = database.Source.CreateBatch();
            batch.Add(database.Sql.ReadLastSequence);
            batch.Add(database.Sql.ReadOpenAppends);
            await using var row = await batch.ExecuteReaderAsync(cancellationToken);

            await row.ReadAsync(cancellationToken);
            var last = row.GetInt64(0);
            await row.NextResultAsync(cancellationToken);
            await row.ReadAsync(cancellationToken);
            return row.IsDBNull(0) ? last : Math.Min(last, row.GetInt64(0));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresFailures.Describe(operation, error);
        }
    }

    /// <inheritdoc />
    public Task<long> ReadLastSequenceAsync(CancellationToken cancellationToken) =>
        database.RunAsync(
            "Reading the last sequence that was taken",
            database.Sql.ReadLastSequence,
            async command => await command.ExecuteScalarAsync(cancellationToken) is long last ? last : 0,
            []
        );

    /// <inheritdoc />
    public async Task<long> ReadFeedHorizonAsync(IReadOnlyList<Company> companies, CancellationToken cancellationToken)
    {
        // What was held below the horizon is seen now, unless it was let go since: then it is found.
        var horizon = await ReadHorizonAsync(cancellationToken);
        var held = await database.RunAsync(
            "Reading the first event that is held for an operator",
            database.Sql.ReadFirstHeld,
            async command => await command.ExecuteScalarAsync(cancellationToken) as long?,
            Tenants(companies)
        );
        return held is { } first ? Math.Min(horizon, first - 1) : horizon;
    }
}
