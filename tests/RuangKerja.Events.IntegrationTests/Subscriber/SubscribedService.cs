using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RuangKerja.Events.Subscriber;

namespace RuangKerja.Events.IntegrationTests.Subscriber;

/// <summary>A team's service with the kit, against a real broker.</summary>
internal sealed class SubscribedService : IAsyncDisposable
{
    private readonly IHost _host;

    private SubscribedService(IHost host, Recorder recorder, LogLines log) =>
        (_host, Recorder, Log) = (host, recorder, log);

    public Recorder Recorder { get; }

    public LogLines Log { get; }

    public IServiceProvider Services => _host.Services;

    /// <summary>Starts one; returns when its queue takes messages.</summary>
    /// <param name="recorder">What it does with them; shared by those that stand for instances of one service.</param>
    public static async Task<SubscribedService> StartAsync<TConsumer>(
        Uri broker,
        Action<SubscriberOptions>? configure = null,
        Recorder? recorder = null,
        Action<IServiceCollection>? services = null
    )
        where TConsumer : class, IConsumer
    {
        var log = new LogLines();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        recorder ??= new Recorder();
        builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddSingleton(recorder);
        builder.Services.AddCourseStatusSubscriber<TConsumer>(
            broker,
            options =>
            {
                options.FirstWait = TimeSpan.FromMilliseconds(20);
                configure?.Invoke(options);
            }
        );
        builder.Services.Configure<MassTransitHostOptions>(bus => bus.WaitUntilStarted = true);
        services?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        return new SubscribedService(host, recorder, log);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
