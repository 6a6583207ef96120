using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using RuangKerja.Events.Subscriber;

namespace RuangKerja.Events.Benchmarks.Subscribers;

/// <summary>One subscriber that is let loose on a full queue.</summary>
internal static class Drain
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Messages a second.</summary>
    public static async Task<double> RunAsync<TConsumer>(
        Uri broker,
        NpgsqlDataSource source,
        Publisher publisher,
        int messages,
        Action<SubscriberOptions> configure,
        CancellationToken cancellationToken
    )
        where TConsumer : class, IConsumer
    {
        var queue = $"drained-{Guid.NewGuid():N}";
        var gate = new Gate();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(gate).AddSingleton(source);
        builder.Services.AddCourseStatusSubscriber<TConsumer>(
            broker,
            options =>
            {
                options.Queue = queue;
                configure(options);
            }
        );
        builder.Services.Configure<MassTransitHostOptions>(bus => bus.WaitUntilStarted = true);
        using var host = builder.Build();
        await host.StartAsync(cancellationToken);
        // Its first ones are taken, and wait.
        await publisher.FillAsync(queue, messages, cancellationToken);

        var began = Stopwatch.GetTimestamp();
        gate.Open();
        while (gate.Passed < messages)
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"{gate.Passed} of {messages} messages were handled within {Patience}.");
            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }

        var rate = messages / Stopwatch.GetElapsedTime(began).TotalSeconds;
        await host.StopAsync(cancellationToken);
        return rate;
    }
}

/// <summary>Holds the consumers back until the queue is full, and counts what they have done.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _passed;

    public int Passed => Volatile.Read(ref _passed);

    public Task Opened => _open.Task;

    public void Open() => _open.SetResult();

    public void Pass() => Interlocked.Increment(ref _passed);
}
