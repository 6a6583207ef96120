using Npgsql;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>A store that reaches its database through a <see cref="ChaosProxy"/>.</summary>
internal sealed class ProxiedStore : IAsyncDisposable
{
    private readonly Database _database;

    private ProxiedStore(ChaosProxy proxy, Database database)
    {
        Proxy = proxy;
        _database = database;
        Store = database.Options.Engine.CreateStore(database);
    }

    public ChaosProxy Proxy { get; }
    public IEventStore Store { get; }

    public static ProxiedStore Before(string connectionString)
    {
        var address = new NpgsqlConnectionStringBuilder(connectionString);
        var proxy = ChaosProxy.Before(address.Host!, address.Port);
        (address.Host, address.Port) = ("127.0.0.1", proxy.Port);
        return new ProxiedStore(proxy, new Database(Engines.Options(address.ConnectionString)));
    }

    public async ValueTask DisposeAsync()
    {
        await using (Store as IAsyncDisposable)
            await _database.DisposeAsync();
        await Proxy.DisposeAsync();
    }
}
