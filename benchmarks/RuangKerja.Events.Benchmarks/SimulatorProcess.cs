using System.Text.Json;
using RuangKerja.Events.Api;
using RuangKerja.Simulator;

namespace RuangKerja.Events.Benchmarks;

/// <summary>How many there are of everything, in a simulator whose life stands still.</summary>
/// <param name="Hours">How far back the first changes lie.</param>
internal sealed record Population(int Employees, int Courses, int AssignmentsPerEmployee, int Hours)
{
    public int Assignments => Employees * AssignmentsPerEmployee;
}

/// <summary>The simulated API in a process of its own, so that its work is not counted.</summary>
internal sealed class SimulatorProcess : IAsyncDisposable
{
    public const string Verb = "simulator";

    private readonly ChildProcess _process;

    private SimulatorProcess(ChildProcess process, Uri baseAddress)
    {
        _process = process;
        BaseAddress = baseAddress;
    }

    public Uri BaseAddress { get; }

    /// <param name="core">The one core it may use; null for all.</param>
    public static async Task<SimulatorProcess> StartAsync(
        Population population,
        CancellationToken cancellationToken,
        int? core = null
    )
    {
        var process = ChildProcess.Start([Verb, JsonSerializer.Serialize(population)], core);
        return new SimulatorProcess(process, new Uri(await process.ReadLineAsync(cancellationToken)));
    }

    /// <summary>In the process: simulates until the input ends.</summary>
    public static async Task<int> RunAsync(string population)
    {
        var people = JsonSerializer.Deserialize<Population>(population)!;
        await using var simulator = await SimulatorHost.StartAsync(
            new SimulatorOptions
            {
                Employees = people.Employees,
                Courses = people.Courses,
                CoursesWithoutRoster = 0,
                AssignmentsPerEmployee = people.AssignmentsPerEmployee,
                TransitionsPerMinute = 0,
                History = TimeSpan.FromHours(people.Hours),
                RememberedRequests = 0,
            }
        );
        await Console.Out.WriteLineAsync($"{simulator.BaseAddress}");
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>How a client reaches it, as fast as it can.</summary>
    public static ApiOptions ApiOptions(Uri baseAddress) =>
        new()
        {
            BaseUrl = baseAddress,
            Credentials = new ApiCredentials("simulator", "simulator-secret"),
            TimeZone = TimeZoneInfo.CreateCustomTimeZone("UTC+7", TimeSpan.FromHours(7), "UTC+7", "UTC+7"),
            RequestsPerSecond = 1_000_000,
        };

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
