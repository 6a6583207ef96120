using Npgsql;
using RuangKerja.Events.Courses;
using RuangKerja.Events.IntegrationTests.EndToEnd;
using RuangKerja.Events.IntegrationTests.Storage;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Replay.Requests;
using RuangKerja.Events.Subscriber;
using RuangKerja.Events.Subscriber.Gaps;
using RuangKerja.Simulator;

namespace RuangKerja.Events.IntegrationTests.Subscriber;

/// <summary>The whole service with relay and replay, and a subscriber with the kit whose messages can be stolen.</summary>
internal sealed class GapBench : IAsyncDisposable
{
    public const string Queue = "certificates";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly SimulatorOptions Nobody = new()
    {
        Employees = 1,
        Courses = 1,
        AssignmentsPerEmployee = 0,
    };
    private static readonly CourseStatus[] Life =
    [
        CourseStatus.NotStarted,
        CourseStatus.InProgress,
        CourseStatus.Completed,
        CourseStatus.InProgress,
        CourseStatus.Completed,
    ];

    private readonly Dictionary<int, int> _steps = [];
    private SubscribedService? _subscriber;

    private GapBench(Deployment service, string database, BrokerQueues queues)
    {
        (Service, Database, Queues) = (service, database, queues);
        Configure = options => options.UsePostgresInbox(database, inbox => inbox.Schedule = Schedule);
    }

    public Deployment Service { get; }

    /// <summary>The subscriber's own.</summary>
    public string Database { get; }

    public BrokerQueues Queues { get; }

    /// <summary>What the subscriber does, over all its starts.</summary>
    public Recorder Recorder { get; } = new();

    public LogLines Log => _subscriber!.Log;

    /// <summary>How the subscriber is set up, beside its queue.</summary>
    public Action<SubscriberOptions> Configure { get; set; }

    /// <summary>When the subscriber asks, from its next start on: soon, but not twice because a machine is slow.</summary>
    public GapSchedule Schedule { get; set; } =
        new()
        {
            Patience = TimeSpan.FromMilliseconds(200),
            FirstAnswer = TimeSpan.FromSeconds(30),
            FirstPause = TimeSpan.FromSeconds(1),
            Longest = TimeSpan.FromSeconds(60),
        };

    /// <summary>It asks again soon.</summary>
    public static GapSchedule Impatient { get; } =
        new()
        {
            Patience = TimeSpan.FromMilliseconds(200),
            FirstAnswer = TimeSpan.FromSeconds(2),
            FirstPause = TimeSpan.FromSeconds(1),
            Longest = TimeSpan.FromSeconds(3),
        };

    /// <summary>The service runs and has read the past, of which there is none to tell; the subscriber has its queue.</summary>
    public static async Task<GapBench> StartAsync(Servers servers, params string[] allowedQueues)
    {
        var service = await Deployment.PrepareAsync(servers, Nobody);
        var bench = new GapBench(
            service,
            await servers.CreateDatabaseAsync(),
            await BrokerQueues.ConnectAsync(service.Broker)
        );
        bench.Allow(allowedQueues);
        // The bootstrap is over at once then.
        service.SweepAs(new RosterOptions { Enabled = false });
        await service.StartPipelineAsync();
        await service.WaitForBootstrapAsync();
        await Wait.Until(
            async () => await bench.Queues.DepthAsync(ReplayRequestQueue.Name) is not null,
            Patience,
            "a queue to ask by"
        );
        await bench.StartSubscriberAsync();
        return bench;
    }

    /// <summary>From the service's next start on.</summary>
    public void Allow(params string[] queues) =>
        Service.Configure(options => options with { Replay = new ReplayOptions { AllowedQueues = queues } });

    public async Task StartSubscriberAsync() => _subscriber = await StartInstanceAsync();

    /// <summary>One more instance; to be stopped by who started it.</summary>
    /// <param name="recorder">What it does; all instances' without.</param>
    public Task<SubscribedService> StartInstanceAsync(Recorder? recorder = null) =>
        SubscribedService.StartAsync<RecordingConsumer>(
            Service.Broker,
            options =>
            {
                options.Queue = Queue;
                // The broker lets nobody else take a message of a queue that has a single active consumer.
                options.SingleActiveConsumer = false;
                Configure(options);
            },
            recorder ?? Recorder
        );

    public async Task StopSubscriberAsync()
    {
        if (_subscriber is not null)
            await _subscriber.DisposeAsync();
        _subscriber = null;
    }

    /// <summary>The next change of each of these employees is stored, and published by the service when it runs.</summary>
    public Task ChangeAsync(params int[] employees) =>
        StoreFixture.WriteAsync(
            Service.Store,
            [
                .. employees.Select(employee =>
                {
                    var step = _steps[employee] = _steps.GetValueOrDefault(employee) + 1;
                    return StoreFixture.Row(Life[step - 1], 60 * step, employee);
                }),
            ]
        );

    /// <summary>Changes of these employees get lost on the way, while the subscriber does not look.</summary>
    public async Task LoseAsync(params int[] employees)
    {
        await ChangeAsync(employees);
        for (var n = 0; n < employees.Length; n++)
            await Queues.TakeAsync(Queue);
    }

    /// <summary>The versions of an employee that had their effect, in order.</summary>
    public IReadOnlyList<long> VersionsOf(int employee) =>
        [.. Recorder.Done.Where(change => change.EmployeeId == $"ID-{employee}").Select(change => change.Version)];

    public async Task WaitForAsync(int employee, params long[] versions)
    {
        try
        {
            await Wait.Until(
                () => VersionsOf(employee).SequenceEqual(versions),
                Patience,
                $"versions {string.Join(", ", versions)} of ID-{employee}"
            );
        }
        catch (TimeoutException vain)
        {
            // As it is now, and not as it was before the wait.
            var outbox = await Service.ColumnAsync(
                "select state || ' ' || count(*) from ruangkerja.outbox group by state order by state"
            );
            throw new TimeoutException(
                $"{vain.Message} There are {string.Join(", ", VersionsOf(employee))} of {Recorder.Begun.Count} handled; "
                    + $"open gaps: {string.Join(", ", await OpenGapsAsync())}; "
                    + $"replays: {string.Join(", ", await ReplaysAsync())}; outbox: {string.Join(", ", outbox)}.",
                vain
            );
        }
    }

    public async Task WaitForClosedGapsAsync() =>
        await Wait.Until(async () => (await OpenGapsAsync()).Count == 0, Patience, "no open gap");

    public async Task<IReadOnlyList<string>> OpenGapsAsync()
    {
        await using var source = NpgsqlDataSource.Create(Database);
        await using var command = source.CreateCommand(
            "select assignment_id from subscriber.course_status_assignment where gap_version is not null"
        );
        await using var row = await command.ExecuteReaderAsync();
        var open = new List<string>();
        while (await row.ReadAsync())
            open.Add(row.GetString(0));
        return open;
    }

    /// <summary>The replays the service was asked for, each as state and count of events.</summary>
    public Task<IReadOnlyList<string>> ReplaysAsync() =>
        Service.ColumnAsync("select state || ' ' || total from ruangkerja.replay_job order by number");

    public async ValueTask DisposeAsync()
    {
        await StopSubscriberAsync();
        await Queues.DisposeAsync();
        await Service.DisposeAsync();
    }
}
