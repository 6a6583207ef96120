namespace RuangKerja.Events.IntegrationTests.Subscriber;

/// <summary>A broker with who publishes and who looks after queues, and a subscriber that fails in the way the test says.</summary>
internal sealed class PoisonBench : IAsyncDisposable
{
    public const string Queue = "Recording";
    public const string Errors = $"{Queue}_error";
    public const string Dead = $"{Queue}_dead";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Uri _broker;

    private PoisonBench(Uri broker, Publisher publisher, BrokerQueues queues) =>
        (_broker, Publisher, Queues) = (broker, publisher, queues);

    public Publisher Publisher { get; }

    public BrokerQueues Queues { get; }

    public static async Task<PoisonBench> StartAsync(Uri broker) =>
        new(broker, await Publisher.StartAsync(broker), await BrokerQueues.ConnectAsync(broker));

    /// <summary>One that tries each message so often.</summary>
    public Task<SubscribedService> SubscribeAsync(int attempts, Recorder? recorder = null, int concurrency = 16) =>
        SubscribedService.StartAsync<RecordingConsumer>(
            _broker,
            options => (options.Queue, options.Attempts, options.Concurrency) = (Queue, attempts, concurrency),
            recorder
        );

    /// <summary>One whose messages may come back so often.</summary>
    public Task<SubscribedService> SubscribeLimitedAsync(int deliveryLimit) =>
        SubscribedService.StartAsync<RecordingConsumer>(
            _broker,
            options => (options.Queue, options.DeliveryLimit) = (Queue, deliveryLimit)
        );

    public async ValueTask DisposeAsync()
    {
        await Queues.DisposeAsync();
        await Publisher.DisposeAsync();
    }
}
