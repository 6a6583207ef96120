using RuangKerja.Events.IntegrationTests.Storage;
using RuangKerja.Events.Marten;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.IntegrationTests.Interchange;

/// <summary>One database that both engines write to.</summary>
internal sealed class BothEngines : IAsyncDisposable
{
    private readonly Database _database;

    private BothEngines(StoreFixture store)
    {
        Fixture = store;
        _database = new Database(Engines.Options(store.Database.Options.ConnectionString));
        Stores = [NpgsqlEngine.Instance.CreateStore(_database), MartenEngine.Instance.CreateStore(_database)];
    }

    public StoreFixture Fixture { get; }

    public IReadOnlyList<IEventStore> Stores { get; }

    public static async Task<BothEngines> CreateAsync(Servers servers) => new(await StoreFixture.CreateAsync(servers));

    public async ValueTask DisposeAsync()
    {
        foreach (var store in Stores.OfType<IAsyncDisposable>())
            await store.DisposeAsync();
        await _database.DisposeAsync();
        await Fixture.DisposeAsync();
    }
}
