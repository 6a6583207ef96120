using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Api;
using RuangKerja.Simulator;
using RuangKerja.Simulator.People;

namespace RuangKerja.Events.Tests.Api;

/// <summary>The client and the simulator read the upstream's promises alike.</summary>
public sealed class SimulatedPagesTests
{
    [Fact]
    public async Task Catalogue_and_rosters_are_read_whole_page_by_page()
    {
        await using var simulator = await StartAsync();
        using var api = ClientOf(simulator);
        var population = simulator.World.Company().Population;

        var courses = await AllAsync(async page =>
        {
            var read = await api.ReadCataloguePageAsync(page, CancellationToken.None);
            return (read.Rows, read.Numbers);
        });

        courses
            .Select(row => (row.Serial, row.Name))
            .ShouldBe(population.Courses.Select(course => ((string?)course.Serial, (string?)course.Name)));
        foreach (var course in population.Courses.Where(course => course.Roster is not OnlineRoster.Refused))
        {
            var rows = await AllAsync(async page =>
            {
                var read = await api.ReadRosterPageAsync(course.Serial, page, CancellationToken.None);
                return (read.Rows, read.Numbers);
            });

            rows.ShouldAllBe(row => row.Malformations.Count == 0);
            rows.Select(row => (row.EmployeeId, row.PreTest, row.TimeSpentSeconds))
                .ShouldBe(
                    population
                        .Assignments.Where(held => held.Course == course)
                        .Select(held => ((string?)held.Employee.Id, held.PreTest, (long?)held.TimeSpentSeconds)),
                    ignoreOrder: true
                );
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Course_without_an_online_roster_is_a_refusal(bool failuresAsHttp200)
    {
        await using var simulator = await StartAsync(failuresAsHttp200);
        using var api = ClientOf(simulator);
        var offline = simulator
            .World.Company()
            .Population.Courses.First(course => course.Roster is OnlineRoster.Refused);

        foreach (var serial in new[] { offline.Serial, "COURSE-UNKNOWN", "../../courses" })
        {
            var failure = await Should.ThrowAsync<RuangKerjaApiException>(() =>
                api.ReadRosterPageAsync(serial, 1, CancellationToken.None)
            );
            failure.IsRefusal.ShouldBeTrue(failure.Message);
        }
    }

    private static Task<SimulatorHost> StartAsync(bool failuresAsHttp200 = false) =>
        SimulatorHost.StartAsync(
            new SimulatorOptions
            {
                Employees = 250,
                Courses = 2,
                CoursesWithoutRoster = 2,
                AssignmentsPerEmployee = 2,
                Alive = false,
                FailuresAsHttp200 = failuresAsHttp200,
            }
        );

    private static RuangKerjaApi ClientOf(SimulatorHost simulator) =>
        RuangKerjaApi.Create(
            new ApiOptions
            {
                BaseUrl = simulator.BaseAddress,
                Credentials = new("simulator", "simulator-secret"),
                TimeZone = TimeZoneInfo.Utc,
                RequestsPerSecond = 100,
            },
            TimeProvider.System,
            NullLoggerFactory.Instance
        );

    private static async Task<List<T>> AllAsync<T>(
        Func<int, Task<(IReadOnlyList<T> Rows, PageNumbers Numbers)>> readPage
    )
    {
        var all = new List<T>();
        for (var page = 1; ; page++)
        {
            var (rows, numbers) = await readPage(page);
            numbers.CurrentPage.ShouldBe(page);
            all.AddRange(rows);
            if (page >= numbers.TotalPages)
            {
                all.Count.ShouldBe(numbers.TotalItems.ShouldNotBeNull());
                return all;
            }
        }
    }
}
