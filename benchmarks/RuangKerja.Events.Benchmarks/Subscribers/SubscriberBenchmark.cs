using Npgsql;
using RuangKerja.Events.Benchmarks.Figures;
using RuangKerja.Events.Subscriber;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.Benchmarks.Subscribers;

/// <summary>How fast a subscriber with the kit empties its queue, and what its inbox costs it.</summary>
internal sealed class SubscriberBenchmark : IBenchmark
{
    private const int Messages = 10_000;
    private const int Rounds = 3;
    private const double LeastRate = 2_000;
    private const double LeastPart = 70;

    private const string None = "none";
    private const string InMemory = "in memory";
    private const string Shared = "PostgreSQL, statements shared";
    private const string Own = "PostgreSQL, a transaction each";

    public string Name => "subscriber";

    public string About =>
        $"{Messages:N0} messages drained from a quorum queue, five of each assignment, by inbox and by what the consumer does";

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await using var server = await PostgresServer.StartAsync(
            new PostgresServerOptions { Durable = true },
            cancellationToken
        );
        await using var broker = await RabbitMqServer.StartAsync(cancellationToken: cancellationToken);
        await BenchmarkDatabase.ExecuteAsync(server.ConnectionString, EffectRow.Table, cancellationToken);
        await using var source = NpgsqlDataSource.Create($"{server.ConnectionString};Max Auto Prepare=50");
        await using var publisher = await Publisher.StartAsync(broker.AmqpUri, cancellationToken);

        IReadOnlyList<(string Effect, string Inbox, Func<Task<double>> Run)> variants =
        [
            ("nothing", None, () => DrainAsync<IdleConsumer>(options => options.UseInbox(_ => new NoInbox()))),
            ("nothing", InMemory, () => DrainAsync<IdleConsumer>(_ => { })),
            ("nothing", Shared, () => DrainAsync<IdleConsumer>(options => Postgres(options, false))),
            ("nothing", Own, () => DrainAsync<IdleConsumer>(options => Postgres(options, true))),
            ("a row", None, () => DrainAsync<RowConsumer>(options => options.UseInbox(_ => new NoInbox()))),
            ("a row", Shared, () => DrainAsync<RowConsumer>(options => Postgres(options, false))),
            ("a row", Own, () => DrainAsync<InboxRowConsumer>(options => Postgres(options, true))),
        ];
        var rates = variants.ToDictionary(variant => (variant.Effect, variant.Inbox), _ => new List<double>());
        for (var round = 0; round < Rounds; round++)
            foreach (var (effect, inbox, run) in variants)
                rates[(effect, inbox)].Add(await run());

        return [.. variants.SelectMany(variant => FiguresOf(variant.Effect, variant.Inbox, rates))];

        void Postgres(SubscriberOptions options, bool isOwn) =>
            options.UsePostgresInbox(server.ConnectionString, inbox => inbox.TransactionPerMessage = isOwn);

        Task<double> DrainAsync<TConsumer>(Action<SubscriberOptions> configure)
            where TConsumer : class, MassTransit.IConsumer =>
            Drain.RunAsync<TConsumer>(broker.AmqpUri, source, publisher, Messages, configure, cancellationToken);
    }

    private static IEnumerable<Figure> FiguresOf(
        string effect,
        string inbox,
        Dictionary<(string Effect, string Inbox), List<double>> rates
    )
    {
        var name = $"consumer writes {effect}; inbox: {inbox}";
        var mine = rates[(effect, inbox)];
        var isPostgres = inbox is Shared or Own;
        yield return new Figure(name, "events/s", mine, isPostgres ? Target.AtLeast(LeastRate) : null);
        if (isPostgres)
            // Round by round: what else the machine does meanwhile changes.
            yield return new Figure(
                $"{name}: of the same without",
                "%",
                [.. mine.Zip(rates[(effect, None)], (with, without) => 100 * with / without)],
                Target.AtLeast(LeastPart)
            );
    }
}
