using MassTransit;
using Npgsql;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.IntegrationTests.Subscriber;

/// <summary>What a team's service keeps in its own database: a row for each effect, in order, however often it happens.</summary>
internal sealed class EffectTable(string connectionString) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString);

    public string ConnectionString => connectionString;

    public static async Task<EffectTable> CreateAsync(Servers servers)
    {
        var table = new EffectTable(await servers.CreateDatabaseAsync());
        await using var command = table._source.CreateCommand(
            "create table effect (n bigserial, event_id uuid not null, assignment_id varchar not null, version bigint not null)"
        );
        await command.ExecuteNonQueryAsync();
        return table;
    }

    /// <summary>Writes one in the inbox's transaction.</summary>
    public static async Task AddAsync(InboxTransaction inbox, CourseStatusChanged change)
    {
        await using var command = new NpgsqlCommand(
            "insert into effect (event_id, assignment_id, version) values ($1, $2, $3)",
            inbox.Connection,
            inbox.Transaction
        );
        command.Parameters.Add(new() { Value = change.EventId });
        command.Parameters.Add(new() { Value = change.AssignmentId });
        command.Parameters.Add(new() { Value = change.Version });
        await command.ExecuteNonQueryAsync();
    }

    public async Task<int> CountAsync() => (await ReadAsync()).Count;

    public Task WaitForAsync(int count) =>
        Wait.Until(async () => await CountAsync() >= count, Patience, $"{count} effects");

    /// <summary>The events that had an effect, in order.</summary>
    public async Task<IReadOnlyList<(Guid EventId, string AssignmentId, long Version)>> ReadAsync()
    {
        await using var command = _source.CreateCommand(
            "select event_id, assignment_id, version from effect order by n"
        );
        await using var row = await command.ExecuteReaderAsync();
        var effects = new List<(Guid, string, long)>();
        while (await row.ReadAsync())
            effects.Add((row.GetGuid(0), row.GetString(1), row.GetInt64(2)));
        return effects;
    }

    /// <summary>Each of these had its effect once, and those of one assignment in order.</summary>
    public async Task ShouldBeOnceEachAsync(IReadOnlyCollection<CourseStatusChanged> changes)
    {
        var effects = await ReadAsync();
        effects.Select(effect => effect.EventId).Order().ShouldBe(changes.Select(change => change.EventId).Order());
        foreach (var assignment in effects.GroupBy(effect => effect.AssignmentId))
            assignment.Select(effect => effect.Version).ShouldBeInOrder();
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}

/// <summary>A consumer whose effect is in the inbox's transaction.</summary>
internal sealed class EffectConsumer(InboxTransaction inbox) : IConsumer<CourseStatusChanged>
{
    public Task Consume(ConsumeContext<CourseStatusChanged> context) => EffectTable.AddAsync(inbox, context.Message);
}

/// <summary>The same, and then what the test does with it, before the commit.</summary>
internal sealed class HeldEffectConsumer(InboxTransaction inbox, Recorder recorder) : IConsumer<CourseStatusChanged>
{
    public async Task Consume(ConsumeContext<CourseStatusChanged> context)
    {
        await EffectTable.AddAsync(inbox, context.Message);
        await recorder.HandleAsync(context.Message, context.CancellationToken);
    }
}
