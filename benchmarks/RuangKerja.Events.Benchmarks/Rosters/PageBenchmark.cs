using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Api;
using RuangKerja.Events.Benchmarks.Figures;

namespace RuangKerja.Events.Benchmarks.Rosters;

/// <summary>
/// What a page of a roster costs the client: its whole process's time on the processor, the system's share included, with
/// the simulator on the other core.
/// </summary>
internal sealed class PageBenchmark : IBenchmark
{
    public const string Verb = "pages-on-one-core";
    private const int Rounds = 15;
    private const int WarmUpRounds = 5;
    private const int PagesPerRound = 400;

    public string Name => "pages";

    public string About => "Reading roster pages of 100 rows over HTTP, client and simulator on a core each.";

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await using var simulator = await SimulatorProcess.StartAsync(
            new Population(Employees: 1_000, Courses: 10, AssignmentsPerEmployee: 10, Hours: 720),
            cancellationToken,
            core: 1
        );
        var rounds = JsonSerializer.Deserialize<List<Round>>(
            await ChildProcess.RunAsync([Verb, $"{simulator.BaseAddress}"], cancellationToken, core: 0)
        )!;
        return
        [
            new("client's CPU per page", "ms", [.. rounds.Select(r => r.CpuMilliseconds)], Target.AtMost(1)),
            new("time per page, one after the other", "ms", [.. rounds.Select(r => r.Milliseconds)]),
        ];
    }

    /// <summary>In the process.</summary>
    public static async Task<int> MeasureAsync(Uri baseAddress)
    {
        using var api = RuangKerjaApi.Create(
            SimulatorProcess.ApiOptions(baseAddress),
            TimeProvider.System,
            NullLoggerFactory.Instance
        );
        var catalogue = await api.ReadCataloguePageAsync(page: 1, CancellationToken.None);
        var serials = catalogue.Rows.Select(row => row.Serial!).ToList();
        var rounds = new List<Round>();
        for (var round = 0; round < WarmUpRounds + Rounds; round++)
        {
            var cpu = Environment.CpuUsage.TotalTime;
            var started = TimeProvider.System.GetTimestamp();
            for (var i = 0; i < PagesPerRound; i++)
            {
                var page = await api.ReadRosterPageAsync(
                    serials[i % serials.Count],
                    1 + (i / serials.Count % 10),
                    default
                );
                if (page.Rows.Count != IRuangKerjaApi.PageSize)
                    throw new InvalidOperationException($"A page had {page.Rows.Count} rows.");
            }

            var elapsed = TimeProvider.System.GetElapsedTime(started);
            var used = Environment.CpuUsage.TotalTime - cpu;
            if (round >= WarmUpRounds)
                rounds.Add(new(used.TotalMilliseconds / PagesPerRound, elapsed.TotalMilliseconds / PagesPerRound));
        }

        Console.WriteLine(JsonSerializer.Serialize(rounds));
        return 0;
    }

    private sealed record Round(double CpuMilliseconds, double Milliseconds);
}
