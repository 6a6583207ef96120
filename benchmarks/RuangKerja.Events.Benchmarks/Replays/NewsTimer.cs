using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace RuangKerja.Events.Benchmarks.Replays;

/// <summary>Commits one event of news after the other and measures until each is with a subscriber.</summary>
internal sealed class NewsTimer : IAsyncDisposable
{
    private const string Exchange = "RuangKerja.Events.Contracts:CourseStatusChanged";
    private const string Commit = """
        with event as (
            insert into ruangkerja.outbox (seq_id, event_id, tenant_id, stream_id)
            select seq_id, event_id, tenant_id, stream_id from ruangkerja.event_index where seq_id = $1
            returning event_id
        )
        select event_id, pg_notify('ruangkerja_outbox', '*DEFAULT*') from event
        """;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, long> _arrivals = new();
    private readonly NpgsqlDataSource _database;
    private readonly IConnection _connection;

    private NewsTimer(NpgsqlDataSource database, IConnection connection) =>
        (_database, _connection) = (database, connection);

    public static async Task<NewsTimer> StartAsync(string database, Uri broker, CancellationToken cancellationToken)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancellationToken);
        var timer = new NewsTimer(NpgsqlDataSource.Create(database), connection);
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await channel.ExchangeDeclareAsync(Exchange, "fanout", true, cancellationToken: cancellationToken);
        await channel.QueueDeclareAsync("news", true, false, false, cancellationToken: cancellationToken);
        await channel.QueueBindAsync("news", Exchange, "", cancellationToken: cancellationToken);
        // What is replayed is thrown away by the broker: nobody's work but ours is measured.
        foreach (var queue in (string[])["past-1", "past-2"])
            await channel.QueueDeclareAsync(
                queue,
                true,
                false,
                false,
                new Dictionary<string, object?> { ["x-max-length"] = 1_000 },
                cancellationToken: cancellationToken
            );
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            timer._arrivals[delivery.BasicProperties.MessageId!] = Stopwatch.GetTimestamp();
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync("news", true, consumer, cancellationToken);
        return timer;
    }

    /// <summary>How many events have come.</summary>
    public int Count => _arrivals.Count;

    /// <summary>Until enough are measured, or there is no use in more; in milliseconds, ascending.</summary>
    public async Task<double[]> MeasureAsync(
        long first,
        int most,
        Func<bool> goesOn,
        CancellationToken cancellationToken
    )
    {
        var began = new Dictionary<string, long>();
        for (var n = 0; n < most && goesOn(); n++)
        {
            await using var command = _database.CreateCommand(Commit);
            command.Parameters.Add(new() { Value = first + n });
            var committing = Stopwatch.GetTimestamp();
            began[$"{await command.ExecuteScalarAsync(cancellationToken)}"] = committing;
            await Task.Delay(Interval, TimeProvider.System, cancellationToken);
        }

        while (!began.Keys.All(_arrivals.ContainsKey))
            await Task.Delay(Interval, TimeProvider.System, cancellationToken);
        return
        [
            .. began
                .Select(sent => Stopwatch.GetElapsedTime(sent.Value, _arrivals[sent.Key]).TotalMilliseconds)
                .Order(),
        ];
    }

    /// <summary>Returns when there is a message in a queue that nobody consumes from.</summary>
    public async Task WaitForFirstAsync(string queue, CancellationToken cancellationToken)
    {
        await using var channel = await _connection.CreateChannelAsync(cancellationToken: cancellationToken);
        while (await channel.MessageCountAsync(queue, cancellationToken) == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _database.DisposeAsync();
    }
}
