using RuangKerja.Events.Contracts;
using RuangKerja.Events.IntegrationTests.Service;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Faults;
using RuangKerja.Simulator.Ledger;

namespace RuangKerja.Events.IntegrationTests.EndToEnd;

/// <summary>
/// Two companies, two processes of the service, feed and rosters; rows that are late, doubled or wrong, rosters that shift,
/// an API that throttles, fails and forgets its tokens, windows without their ends; and a process that is killed.
/// </summary>
[Trait("Promise", "P1")]
[Trait("Promise", "P2")]
[Trait("Promise", "P3")]
public sealed class When_everything_misbehaves_at_once(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    // No assignment moves twice between two looks, lateness and a takeover included: else steps would truly collapse.
    private static readonly SimulatorOptions Population = new()
    {
        Employees = 400,
        Courses = 6,
        AssignmentsPerEmployee = 2,
        TransitionsPerMinute = 600,
        MinimumDwell = TimeSpan.FromSeconds(40),
        TokenLifetime = TimeSpan.FromSeconds(8),
        WindowEnds = WindowEnds.Exclusive,
        TouchShare = 0.2,
    };

    [Fact]
    public async Task Should_tell_every_change_of_each_company_once()
    {
        await using var companies = await TwoCompanies.PrepareAsync(servers, Population);
        await using var subscriber = await MassTransitSubscriber<CourseStatusChanged>.StartAsync(companies.Broker);
        var first = companies.StartService();
        await using var second = companies.StartService();
        await companies.WaitForBootstrapAsync();
        var bootstrapped = companies.Simulator.Ledger.LastSeq;

        Misbehave(companies.Simulator.Faults);
        companies.Simulator.Resume();
        await Task.WhenAll(LiveAsync(companies, 120), companies.SweepAsync());
        // Disposing a process that runs is SIGKILL; the other takes its part over.
        await first.DisposeAsync();
        await LiveAsync(companies, 120);
        await using var again = companies.StartService();
        companies.Simulator.Faults.Drift(new RosterDrift { Kind = RosterDriftKind.Insert, Count = 2 });
        await Task.WhenAll(LiveAsync(companies, 120), companies.SweepAsync());
        companies.Simulator.Pause();

        foreach (var name in TwoCompanies.Names)
            await ShouldTellAsync(companies, subscriber, name, bootstrapped);
        (
            await companies.ScalarAsync<long>(
                "select count(distinct source) from ruangkerja.quarantine where times_seen > 0"
            )
        ).ShouldBe(2, "wrong rows of both sources are kept");
        companies.Simulator.Faults.Answers.ShouldBeEmpty("every failing answer was given");
        companies.Simulator.Faults.Drifts.ShouldBeEmpty("every roster that was to shift has");
    }

    private static void Misbehave(FaultBoard faults)
    {
        faults.FeedLag = TimeSpan.FromSeconds(4);
        faults.RosterLag = TimeSpan.FromSeconds(2);
        faults.DuplicateShare = 0.3;
        faults.AddFeedRow("""{"employeeID":"ID-0001","status":"asleep","updatedAt":"soon"}""");
        faults.AddRosterRow(
            """{"user":{"employeeID":""},"status":"completed","postTest":101,"completedAt":"2026-02-30"}"""
        );
        faults.Limit(new RequestLimit { PerSecond = 12 });
        faults.Drift(new RosterDrift { Kind = RosterDriftKind.Overlap, Count = 4 });
        faults.Answer(new AnswerFault { Status = 503, Count = 3 });
        faults.Answer(AnswerFault.InsideHttp200(123, "rpc error: code = Unavailable desc = try again"));
        faults.Answer(new AnswerFault { Abort = true, Count = 2 });
        faults.ExpireTokens();
    }

    private static Task LiveAsync(TwoCompanies companies, int transitions)
    {
        var end = companies.Simulator.Ledger.LastSeq + transitions;
        return Wait.Until(() => companies.Simulator.Ledger.LastSeq >= end, Patience, $"{transitions} transitions");
    }

    private static async Task ShouldTellAsync(
        TwoCompanies companies,
        MassTransitSubscriber<CourseStatusChanged> subscriber,
        string company,
        long bootstrapped
    )
    {
        var truth = companies.Simulator.Ledger.After(bootstrapped).Where(entry => entry.Company == company).ToList();
        await Wait.Until(
            () => Told(subscriber, company).Count >= truth.Count,
            Patience,
            $"{truth.Count} different events of {company}"
        );
        await Wait.Until(async () => await companies.CountPendingAsync(company) == 0, Patience, "an empty outbox");

        Told(subscriber, company).ShouldTellByCourse(truth);
        (await companies.CountChangesAsync(company)).ShouldBe(truth.Count);
    }

    private static List<CourseStatusChanged> Told(
        MassTransitSubscriber<CourseStatusChanged> subscriber,
        string company
    ) => subscriber.Received.Where(t => t.Company == company).DistinctBy(t => t.EventId).ToList();
}
