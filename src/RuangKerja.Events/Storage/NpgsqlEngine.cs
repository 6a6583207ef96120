namespace RuangKerja.Events.Storage;

/// <summary>Set-based SQL over Npgsql: the engine of every build.</summary>
public sealed class NpgsqlEngine : IStorageEngine
{
    /// <summary>There is only one.</summary>
    public static readonly NpgsqlEngine Instance = new();

    private NpgsqlEngine() { }

    /// <inheritdoc />
    public string Name => "Npgsql";

    /// <inheritdoc />
    public IEventStore CreateStore(Database database) => new PostgresEventStore(database);

    /// <inheritdoc />
    public Task<bool> ApplyAsync(Database database, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <inheritdoc />
    public Task<IReadOnlyList<SchemaDifference>> CheckAsync(Database database, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SchemaDifference>>([]);
}
