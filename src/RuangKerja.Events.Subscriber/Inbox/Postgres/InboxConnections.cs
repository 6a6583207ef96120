using Npgsql;

namespace RuangKerja.Events.Subscriber.Inbox.Postgres;

/// <summary>The pool the inbox works over: the team's, which it disposes of itself, or the kit's own.</summary>
internal sealed class InboxConnections : IAsyncDisposable, IDisposable
{
    // One each for asking after gaps, what is answered to that, trimming, and the look for the tables.
    private const int BesideMessages = 4;

    // The inbox has a dozen statements; the rest is for what the consumer writes.
    private const int Prepared = 50;

    private const int KeepAliveSeconds = 15;

    private const string Fault =
        "The inbox's connection string is none; write it as 'Host=…;Database=…;Username=…;Password=…'.";

    private readonly bool _isOwn;

    /// <summary>The team's, with room for a transaction for each message that is handled at once.</summary>
    /// <exception cref="SubscriberOptionsException">Its pool is too small: messages would wait for a connection, in vain.</exception>
    public InboxConnections(NpgsqlDataSource source, SubscriberSettings settings)
    {
        Source = source;
        var (room, needed) = (
            new NpgsqlConnectionStringBuilder(source.ConnectionString).MaxPoolSize,
            settings.Concurrency + BesideMessages
        );
        if (room < needed)
            throw new SubscriberOptionsException(
                settings.Queue,
                [$"The inbox's data source has a Maximum Pool Size of {room}; Concurrency takes {needed} at least."]
            );
    }

    /// <summary>Our own.</summary>
    /// <param name="concurrency">How many messages are handled at once.</param>
    public InboxConnections(string connectionString, int concurrency)
    {
        _isOwn = true;
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        given.MaxPoolSize = Math.Max(given.MaxPoolSize, concurrency + BesideMessages);
        if (given.MaxAutoPrepare == 0)
            (given.MaxAutoPrepare, given.AutoPrepareMinUsages) = (Prepared, 2);
        if (given.KeepAlive == 0)
            given.KeepAlive = KeepAliveSeconds;
        given.ApplicationName ??= "course status subscriber";
        Source = NpgsqlDataSource.Create(given);
    }

    public NpgsqlDataSource Source { get; }

    /// <summary>What is wrong with a connection string, without any part of it: it is a secret.</summary>
    public static IEnumerable<string> FaultsOf(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString).Host is null ? [Fault] : [];
        }
        catch (ArgumentException)
        {
            return [Fault];
        }
    }

    public ValueTask DisposeAsync() => _isOwn ? Source.DisposeAsync() : ValueTask.CompletedTask;

    public void Dispose()
    {
        if (_isOwn)
            Source.Dispose();
    }
}
