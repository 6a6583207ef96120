using RuangKerja.Events.Contracts;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Faults;

namespace RuangKerja.Events.IntegrationTests.EndToEnd;

/// <summary>Two companies in one process, and one of them has lost its credentials and meets an API that fails.</summary>
[Trait("Promise", "P1")]
public sealed class When_one_company_is_in_trouble(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_tell_the_others_changes_as_ever_and_its_own_once_it_is_well_again()
    {
        var population = new SimulatorOptions { Employees = 40, TokenLifetime = TimeSpan.FromSeconds(3) };
        await using var companies = await TwoCompanies.PrepareAsync(servers, population);
        await using var subscriber = await MassTransitSubscriber<CourseStatusChanged>.StartAsync(companies.Broker);
        await using var service = companies.StartService();
        await companies.WaitForBootstrapAsync();
        var bootstrapped = companies.Simulator.Ledger.LastSeq;

        companies.Simulator.Faults.RevokeCredentials("acme");
        companies.Simulator.Faults.Answer(
            new AnswerFault
            {
                Company = "acme",
                Status = 500,
                Count = 5,
            }
        );
        companies.Simulator.Faults.ExpireTokens();
        Assign(companies.Simulator, "acme");
        for (var i = 0; i < 5; i++)
            Assign(companies.Simulator, "beta");

        await Wait.Until(
            () => Told(subscriber, "beta").Count == 5,
            Patience,
            "the changes of the company that is well"
        );
        Told(subscriber, "acme").ShouldBeEmpty();
        await Wait.Until(
            () => service.Out.Contains("acme: polling waits", StringComparison.Ordinal),
            Patience,
            "the log says that the other waits"
        );
        service.Out.ShouldNotContain("beta: polling waits");

        companies.Simulator.Faults.Clear();
        await Wait.Until(() => Told(subscriber, "acme").Count == 1, Patience, "its change is told after all");
        foreach (var name in TwoCompanies.Names)
        {
            var truth = companies.Simulator.Ledger.After(bootstrapped).Where(entry => entry.Company == name).ToList();
            Told(subscriber, name).ShouldTellByCourse(truth);
        }
    }

    private static void Assign(SimulatorHost simulator, string company) =>
        simulator.Assign(new Simulator.Life.AssignmentOrder { Company = company });

    private static List<CourseStatusChanged> Told(
        MassTransitSubscriber<CourseStatusChanged> subscriber,
        string company
    ) => subscriber.Received.Where(t => t.Company == company).DistinctBy(t => t.EventId).ToList();
}
