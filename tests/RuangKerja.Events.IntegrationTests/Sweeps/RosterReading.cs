using Microsoft.Extensions.DependencyInjection;
using RuangKerja.Events.Courses;
using RuangKerja.Events.IntegrationTests.EndToEnd;
using RuangKerja.Events.Polling;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Events.IntegrationTests.Sweeps;

/// <summary>One course of 250 people in a sweep that the test carries on by hand.</summary>
internal sealed class RosterReading : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly PolledCompany _company;

    private RosterReading(Deployment deployment, ServiceProvider services)
    {
        Deployment = deployment;
        _services = services;
        _company = services.CreatePolledCompany(deployment.Options, deployment.Options.Companies[0]);
    }

    public Deployment Deployment { get; }
    public SimulatorHost Simulator => Deployment.Simulator;
    public CompanyCatalogue Catalogue => _company.Catalogue;
    public Guid SweepId { get; private set; }
    public string Course { get; private set; } = "";

    /// <summary>How many pages were asked for.</summary>
    public long Pages => Simulator.Requests.Count(UpstreamEndpoint.Roster);

    public static async Task<RosterReading> BeginAsync(Servers servers)
    {
        var population = new SimulatorOptions
        {
            Employees = 250,
            Courses = 1,
            CoursesWithoutRoster = 0,
            AssignmentsPerEmployee = 1,
        };
        var deployment = await Deployment.PrepareAsync(
            await servers.CreateDatabaseAsync(),
            new Uri("amqp://a:b@localhost"),
            population
        );
        var services = new ServiceCollection().AddLogging().AddEventPipeline(deployment.Options).BuildServiceProvider();
        // Started later than anything happened: there is no feed here to which today's completions could be left.
        var now = TimeProvider.System.GetUtcNow();
        await deployment.Store.StartProgressAsync(Company.Default, now, now.AddDays(2), CancellationToken.None);
        var reading = new RosterReading(deployment, services);
        await reading.BeginSweepAsync(previous: null);
        return reading;
    }

    public async Task BeginSweepAsync(Guid? previous)
    {
        var catalogue = await _company.Catalogue.RenewAsync(CancellationToken.None);
        Course = catalogue.Courses.Single().Serial;
        SweepId = Guid.NewGuid();
        var now = TimeProvider.System.GetUtcNow();
        (
            await Deployment.Sweeps.BeginAsync(
                Company.Default,
                previous,
                SweepId,
                catalogue.Courses,
                now,
                CancellationToken.None
            )
        ).ShouldBeTrue();
    }

    /// <summary>The same company, as another instance has it; to be disposed of.</summary>
    public PolledCompany CreateOther() =>
        _services.CreatePolledCompany(Deployment.Options, Deployment.Options.Companies[0]);

    public Task<RosterSweepResult> ReadAsync(CancellationToken cancellationToken = default) =>
        _company.Rosters.RunAsync(SweepId, Course, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _company.Dispose();
        await _services.DisposeAsync();
        await Deployment.DisposeAsync();
    }
}
