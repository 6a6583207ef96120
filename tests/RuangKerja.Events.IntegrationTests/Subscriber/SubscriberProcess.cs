using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber;
using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.IntegrationTests.Subscriber;

/// <summary>A team's service as a process of its own, which the test kills.</summary>
internal sealed class SubscriberProcess : IAsyncDisposable
{
    public const string Verb = "subscribe";
    public const string Queue = "effects";

    /// <summary>It works.</summary>
    public const string Works = "works";

    /// <summary>It stands still behind its first effect, before the commit.</summary>
    public const string StopsBeforeCommit = "stops-before-commit";

    /// <summary>It stands still behind its first commit, before the message is acknowledged.</summary>
    public const string StopsBeforeAck = "stops-before-ack";

    /// <summary>It dies of each second version that it gets; the broker hands that out three times.</summary>
    public const string DiesOfTheSecond = "dies-of-the-second";

    /// <summary>How often a message may come back to one that dies.</summary>
    public const int DeliveryLimit = 2;

    private const string IsReady = "It is ready.";
    private const string StandsStill = "It stands still.";

    private readonly Process _process;

    private SubscriberProcess(Process process) => _process = process;

    /// <summary>Starts it; its queue is there and bound when this returns.</summary>
    public static async Task<SubscriberProcess> StartAsync(Uri broker, EffectTable effects, string behaviour)
    {
        var process = Start(broker, effects, behaviour);
        await process.WaitForWordAsync(IsReady);
        return process;
    }

    /// <summary>Starts it, as one that may die at once.</summary>
    public static SubscriberProcess Start(Uri broker, EffectTable effects, string behaviour)
    {
        string[] arguments =
        [
            typeof(SubscriberProcess).Assembly.Location,
            Verb,
            $"{broker}",
            effects.ConnectionString,
            behaviour,
        ];
        return new SubscriberProcess(
            Process.Start(
                new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true }
            )!
        );
    }

    /// <summary>Returns when it has died by itself.</summary>
    public Task WaitForDeathAsync() => _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(90));

    /// <summary>Returns when it stands where it was to stop.</summary>
    public Task WaitForStandstillAsync() => WaitForWordAsync(StandsStill);

    /// <summary>Kills it, as <c>kill -9</c> does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>What the process does.</summary>
    public static async Task<int> RunAsync(Uri broker, string database, string behaviour)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        // What it says goes where a failed test is looked into.
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(new Behaviour(behaviour));
        builder.Services.AddCourseStatusSubscriber<Consumer>(
            broker,
            options =>
            {
                options.Queue = Queue;
                options.UsePostgresInbox(database);
                if (behaviour == DiesOfTheSecond)
                    options.DeliveryLimit = DeliveryLimit;
                var inbox = options.Inbox;
                options.Inbox = inbox with
                {
                    Make = (provider, settings) =>
                        behaviour == StopsBeforeAck
                            ? new StoppingInbox(inbox.Make(provider, settings))
                            : inbox.Make(provider, settings),
                };
            }
        );
        builder.Services.Configure<MassTransitHostOptions>(bus => bus.WaitUntilStarted = true);
        using var host = builder.Build();
        await host.StartAsync();
        Console.WriteLine(IsReady);
        await host.WaitForShutdownAsync();
        return 0;
    }

    private async Task WaitForWordAsync(string word)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        string? said;
        do said = await _process.StandardOutput.ReadLineAsync(deadline.Token);
        while (said is not null && said != word);
        said.ShouldBe(word, "The process has ended.");
    }

    private static Task StandStillAsync()
    {
        Console.WriteLine(StandsStill);
        return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
    }

    private sealed record Behaviour(string Name);

    private sealed class Consumer(InboxTransaction inbox, Behaviour behaviour) : IConsumer<CourseStatusChanged>
    {
        public async Task Consume(ConsumeContext<CourseStatusChanged> context)
        {
            await EffectTable.AddAsync(inbox, context.Message);
            if (behaviour.Name == StopsBeforeCommit)
                await StandStillAsync();
            if (behaviour.Name == DiesOfTheSecond && context.Message.Version == 2)
                Process.GetCurrentProcess().Kill();
        }
    }

    private sealed class StoppingInbox(IInbox inbox) : IInbox
    {
        public async Task<IInboxEntry> OpenAsync(Delivery delivery, CancellationToken cancellationToken) =>
            new Entry(await inbox.OpenAsync(delivery, cancellationToken));

        public Task NoteGivenUpAsync(Delivery delivery, string reason, CancellationToken cancellationToken) =>
            inbox.NoteGivenUpAsync(delivery, reason, cancellationToken);

        private sealed class Entry(IInboxEntry entry) : IInboxEntry
        {
            public Verdict Verdict => entry.Verdict;

            public InboxTransaction? Transaction => entry.Transaction;

            public async Task CommitAsync(CancellationToken cancellationToken)
            {
                await entry.CommitAsync(cancellationToken);
                await StandStillAsync();
            }

            public ValueTask DisposeAsync() => entry.DisposeAsync();
        }
    }
}
