using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RuangKerja.Events.Benchmarks.Figures;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.Benchmarks.Replays;

/// <summary>The whole service beside its relay: what a replay can do, and what it does to the news.</summary>
internal sealed class ReplayBenchmark : IBenchmark
{
    private const int Past = 1_000_000;
    private const int Compared = 50_000;
    private const int Samples = 1_000;
    private const double Megabyte = 1024.0 * 1024;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public string Name => "replay";

    public string About =>
        $"{Compared:N0} events over the relay and replayed; news every 20 ms without and beside a replay of {Past:N0}";

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await using var server = await BenchmarkDatabase.StartAsync(cancellationToken);
        await using var broker = await RabbitMqServer.StartAsync(cancellationToken: cancellationToken);
        var database = await server.CreateAsync("replays", cancellationToken);
        await LargePast.WriteAsync(database, Past, cancellationToken);
        await using var news = await NewsTimer.StartAsync(database, broker.AmqpUri, cancellationToken);
        using var service = Host(database, broker.AmqpUri);
        await service.StartAsync(cancellationToken);

        // What is made once is made.
        await news.MeasureAsync(1, Samples / 5, () => true, cancellationToken);
        await ReplayAsync(service, "past-1", last: Compared / 5, cancellationToken);

        var relay = await RelayAsync(service, database, cancellationToken);
        var replay = await ReplayAsync(service, "past-1", Compared, cancellationToken);
        var alone = await news.MeasureAsync(Past - (3 * Samples), Samples, () => true, cancellationToken);

        var began = Stopwatch.GetTimestamp();
        var job = await AskAsync(service, "past-2", Past, cancellationToken);
        await news.WaitForFirstAsync("past-2", cancellationToken);
        var first = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        var memory = MemoryAsync(service, job, cancellationToken);
        var beside = await news.MeasureAsync(
            Past - (2 * Samples),
            2 * Samples,
            () => !memory.IsCompleted,
            cancellationToken
        );
        var (sizes, large) = await memory;
        await service.StopAsync(cancellationToken);
        return
        [
            new Figure("relay", "messages/s", [relay]),
            new Figure("replay", "messages/s", [replay], Target.AtLeast(relay)),
            new Figure($"replay of {Past:N0} beside news", "messages/s", [large]),
            new Figure("asked for, counted, until the first is in its queue", "ms", [first], Target.AtMost(1_000)),
            new Figure("news, median", "ms", [At(alone, 0.5)]),
            new Figure("news, 99th percentile", "ms", [At(alone, 0.99)]),
            new Figure("news beside a replay, median", "ms", [At(beside, 0.5)]),
            new Figure(
                "news beside a replay, 99th percentile",
                "ms",
                [At(beside, 0.99)],
                Target.AtMost(2 * At(alone, 0.99))
            ),
            new Figure("working set at the start of a replay", "MB", [sizes[0]]),
            new Figure("working set in the middle", "MB", [sizes[sizes.Count / 2]]),
            new Figure("working set at the end", "MB", [sizes[^1]]),
        ];
    }

    private static async Task<double> RelayAsync(IHost service, string database, CancellationToken cancellationToken)
    {
        await LargePast.QueueAsync(database, Compared + 1, 2 * Compared, cancellationToken);
        var began = Stopwatch.GetTimestamp();
        var outbox = service.Services.GetRequiredService<IOutbox>();
        while ((await outbox.CountAsync(Company.Default, cancellationToken)).Pending > 0)
            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        return Compared / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<double> ReplayAsync(
        IHost service,
        string queue,
        long last,
        CancellationToken cancellationToken
    )
    {
        var job = await AskAsync(service, queue, last, cancellationToken);
        return (await MemoryAsync(service, job, cancellationToken)).Rate;
    }

    private static async Task<ReplayJob> AskAsync(
        IHost service,
        string queue,
        long last,
        CancellationToken cancellationToken
    )
    {
        var request = new ReplayRequest
        {
            Filter = new EventFilter { LastSequence = last },
            Destination = queue,
            RequestedBy = "benchmark",
            Door = ReplayDoor.CommandLine,
        };
        var answer = await service.Services.GetRequiredService<IReplayDesk>().AskAsync(request, cancellationToken);
        return ((ReplayAnswer.Accepted)answer).Job;
    }

    /// <summary>Follows one to its end: the working set meanwhile, messages a second.</summary>
    private static async Task<(IReadOnlyList<double> Sizes, double Rate)> MemoryAsync(
        IHost service,
        ReplayJob job,
        CancellationToken cancellationToken
    )
    {
        var store = service.Services.GetRequiredService<IReplayStore>();
        var sizes = new List<double>();
        while (job.State is not (ReplayState.Finished or ReplayState.Failed))
        {
            await Task.Delay(Look, TimeProvider.System, cancellationToken);
            job = (await store.ReadAsync(job.Id, cancellationToken))!;
            sizes.Add(Environment.WorkingSet / Megabyte);
        }

        return job.State == ReplayState.Finished
            ? (sizes, job.Sent / (job.EndedAt - job.StartedAt)!.Value.TotalSeconds)
            : throw new InvalidOperationException(job.Reason);
    }

    /// <summary>The service, with an API that is not there.</summary>
    private static IHost Host(string database, Uri broker)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Services.AddEventPipeline(
            new PipelineOptions
            {
                Companies =
                [
                    new CompanyOptions(Company.Default, SimulatorProcess.ApiOptions(new Uri("http://127.0.0.1:1"))),
                ],
                Storage = new StorageOptions { ConnectionString = database },
                Relay = new RelayOptions { RabbitMqUri = broker },
                Replay = new ReplayOptions { AllowedQueues = ["past-*"], MaxRate = 100_000 },
            }
        );
        return builder.Build();
    }

    private static double At(double[] ascending, double part) => ascending[(int)((ascending.Length - 1) * part)];
}
