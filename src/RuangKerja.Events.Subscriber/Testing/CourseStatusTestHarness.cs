using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Handling;
using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Subscriber.Testing;

/// <summary>Starts harnesses.</summary>
public static class CourseStatusTestHarness
{
    /// <summary>Starts the consumer.</summary>
    /// <param name="services">Registers what the consumer depends on.</param>
    /// <param name="configure">The subscriber's options, beginning with one attempt.</param>
    public static async Task<CourseStatusTestHarness<TConsumer>> StartAsync<TConsumer>(
        Action<IServiceCollection>? services = null,
        Action<SubscriberOptions>? configure = null,
        CancellationToken cancellationToken = default
    )
        where TConsumer : class, IConsumer
    {
        var watch = new DeliveryWatch();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        services?.Invoke(builder.Services);
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.AddCourseStatusSubscriber<TConsumer>(options =>
            {
                options.Attempts = 1;
                options.FirstWait = TimeSpan.Zero;
                configure?.Invoke(options);
            });
            bus.AddReceiveObserver(_ => watch);
            bus.UsingInMemory((context, memory) => memory.ConfigureEndpoints(context));
        });
        builder.Services.Configure<MassTransitHostOptions>(bus => bus.WaitUntilStarted = true);

        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        var queue = host.Services.GetRequiredService<Subscription<TConsumer>>().Settings.Queue;
        return new CourseStatusTestHarness<TConsumer>(host, watch, new Uri($"queue:{queue}"));
    }
}

/// <summary>
/// Runs a team's consumer under the kit in memory, without a broker: messages are serialised, judged, handled and given up as they
/// are in production. By itself the inbox is the one in memory, and a consumer that fails is not tried again.
/// </summary>
/// <remarks>
/// As in production, an <c>IConsumer&lt;CourseStatusChanged&gt;</c> gets the base record, whichever kind it is of: compare
/// <see cref="CourseStatusChanged.EventId"/>, not the records.
/// </remarks>
public sealed class CourseStatusTestHarness<TConsumer> : IAsyncDisposable
    where TConsumer : class, IConsumer
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly IReadOnlyList<Type> Kinds = ConsumerKinds.Of(typeof(TConsumer));

    private readonly IHost _host;
    private readonly DeliveryWatch _watch;
    private readonly Uri _queue;

    internal CourseStatusTestHarness(IHost host, DeliveryWatch watch, Uri queue) =>
        (_host, _watch, _queue) = (host, watch, queue);

    /// <summary>What the consumer depends on, and whatever else was registered.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Delivers messages one after another, as news. The same one again is a duplicate.</summary>
    /// <returns>What became of each, in the same order.</returns>
    /// <exception cref="TimeoutException">A message was neither handled nor dropped nor given up within a minute.</exception>
    public Task<IReadOnlyList<DeliveryResult>> DeliverAsync(params CourseStatusChanged[] changes) =>
        SendAsync(changes, _ => { });

    /// <summary>Delivers messages one after another, as those of one replay.</summary>
    /// <returns>What became of each, in the same order.</returns>
    /// <exception cref="TimeoutException">A message was neither handled nor dropped nor given up within a minute.</exception>
    public Task<IReadOnlyList<DeliveryResult>> ReplayAsync(params CourseStatusChanged[] changes)
    {
        var replay = NewId.NextGuid();
        return SendAsync(changes, headers => Deliveries.MarkReplayed(headers, replay));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private async Task<IReadOnlyList<DeliveryResult>> SendAsync(
        CourseStatusChanged[] changes,
        Action<SendHeaders> setHeaders
    )
    {
        var endpoint = await _host.Services.GetRequiredService<IBus>().GetSendEndpoint(_queue);
        var results = new List<DeliveryResult>(changes.Length);
        foreach (var change in changes)
        {
            Task<object>? end = null;
            await endpoint.Send(
                change,
                change.GetType(),
                context =>
                {
                    setHeaders(context.Headers);
                    end = _watch.Expect(context);
                }
            );
            results.Add(ResultOf(change, await EndOf(change, end!)));
        }

        return results;
    }

    private static async Task<object> EndOf(CourseStatusChanged change, Task<object> end)
    {
        try
        {
            return await end.WaitAsync(Deadline, TimeProvider.System);
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException(
                $"Version {change.Version} of assignment '{change.AssignmentId}' was delivered, and its consumer "
                    + $"{typeof(TConsumer).Name} has not come to an end with it within {Deadline.TotalSeconds:0} s.",
                error
            );
        }
    }

    private static DeliveryResult ResultOf(CourseStatusChanged change, object end) =>
        end switch
        {
            Settlement { Verdict: Verdict.Handle } => new DeliveryResult(
                change,
                Kinds.Any(kind => kind.IsInstanceOfType(change)) ? DeliveryOutcome.Handled : DeliveryOutcome.NotConsumed
            ),
            Settlement { Verdict: Verdict.Duplicate } => new DeliveryResult(change, DeliveryOutcome.Duplicate),
            Settlement { Verdict: Verdict.Outdated } => new DeliveryResult(change, DeliveryOutcome.Outdated),
            Settlement => new DeliveryResult(change, DeliveryOutcome.BehindGap),
            GivenUpException givenUp => new DeliveryResult(change, DeliveryOutcome.Faulted, givenUp.Error),
            _ => new DeliveryResult(change, DeliveryOutcome.Faulted, (Exception)end),
        };
}
