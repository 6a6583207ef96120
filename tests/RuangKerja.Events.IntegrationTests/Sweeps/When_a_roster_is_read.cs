using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;
using RuangKerja.Simulator.Faults;

namespace RuangKerja.Events.IntegrationTests.Sweeps;

/// <summary>A roster of three pages.</summary>
[Trait("Promise", "P1")]
public sealed class When_a_roster_is_read(Servers servers)
{
    [Theory]
    [InlineData(RosterDriftKind.Insert)]
    [InlineData(RosterDriftKind.Overlap)]
    public async Task Should_be_read_again_when_it_moved_meanwhile(RosterDriftKind kind)
    {
        await using var reading = await RosterReading.BeginAsync(servers);
        reading.Simulator.Faults.Drift(new RosterDrift { Kind = kind });

        var result = await reading.ReadAsync();

        result.End.ShouldBe(new CourseSweepEnd(CourseSweepState.Swept, Scans: 2, Drifted: false, Reason: null));
        reading.Pages.ShouldBe(2 * 3);
        await reading.Deployment.ShouldHoldTheTruthAsync();
    }

    [Fact]
    public async Task Should_be_accepted_after_four_scans_that_all_moved()
    {
        await using var reading = await RosterReading.BeginAsync(servers);
        // The last page of each scan begins with what the one before ended with.
        reading.Simulator.Faults.Drift(new RosterDrift { Kind = RosterDriftKind.Overlap, Count = 100 });

        var result = await reading.ReadAsync();

        (result.End!.Scans, result.End.Drifted).ShouldBe((4, true));
        reading.Pages.ShouldBe(4 * 3);
        var sweep = await reading.Deployment.WaitForSweepAsync();
        (sweep.Swept, sweep.Drifted, sweep.Failed).ShouldBe((1, 1, 0));
    }

    [Fact]
    public async Task Should_stop_when_a_newer_sweep_has_begun()
    {
        await using var reading = await RosterReading.BeginAsync(servers);
        reading.Simulator.Faults.Delay = TimeSpan.FromSeconds(1);
        var old = reading.ReadAsync();
        await Wait.Until(() => reading.Pages == 2, TimeSpan.FromSeconds(30), "the second page");
        await reading.Deployment.ColumnAsync("update ruangkerja.sweep_progress set state = 'swept'");
        await reading.BeginSweepAsync(reading.SweepId);

        var result = await old;

        (result.End, result.Failure, result.Stored.Written).ShouldBe((null, null, true));
        var sweep = (await reading.Deployment.Sweeps.ReadAsync(Company.Default, CancellationToken.None))!;
        (sweep.Id, sweep.Pending, sweep.Rows).ShouldBe((reading.SweepId, 1, 0L));
    }

    [Fact]
    public async Task Should_not_be_given_up_for_credentials_that_are_refused()
    {
        await using var reading = await RosterReading.BeginAsync(servers);
        reading.Simulator.Faults.RevokeCredentials();
        reading.Simulator.Faults.ExpireTokens();

        for (var time = 0; time < 7; time++)
        {
            var refused = await reading.ReadAsync();
            (refused.End, refused.Failure!.Kind).ShouldBe((null, ApiFailureKind.Configuration));
        }

        var sweep = (await reading.Deployment.Sweeps.ReadAsync(Company.Default, CancellationToken.None))!;
        (sweep.Pending, sweep.FinishedAt).ShouldBe((1, null));
        sweep.ProgressedAt.ShouldBe(sweep.StartedAt, TimeSpan.FromMilliseconds(1), "nothing was stored");
    }

    [Fact]
    public async Task Should_be_given_up_when_the_database_refuses_it_each_time()
    {
        await using var reading = await RosterReading.BeginAsync(servers);
        await reading.Deployment.ColumnAsync(
            "alter table ruangkerja.mt_events add constraint refusing check (data->>'employeeId' <> 'ID-0001')"
        );

        for (var time = 0; time < 5; time++)
            (await Should.ThrowAsync<StorageException>(() => reading.ReadAsync())).Message.ShouldContain("refusing");

        var sweep = await reading.Deployment.WaitForSweepAsync();
        (sweep.Failed, sweep.Pending).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Should_be_due_at_once_when_its_reader_is_stopped()
    {
        await using var reading = await RosterReading.BeginAsync(servers);
        var now = TimeProvider.System.GetUtcNow();
        (await TakeAsync(reading, now)).ShouldHaveSingleItem();
        (await TakeAsync(reading, now)).ShouldBeEmpty();
        reading.Simulator.Faults.Delay = TimeSpan.FromSeconds(20);
        using var stop = new CancellationTokenSource();
        var read = reading.ReadAsync(stop.Token);

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => read);
        (await TakeAsync(reading, TimeProvider.System.GetUtcNow())).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Should_be_of_a_course_that_every_instance_finds_by_its_name_at_once()
    {
        await using var reading = await RosterReading.BeginAsync(servers);
        using var other = reading.CreateOther();
        (await other.Catalogue.RenewForUnknownAsync(CancellationToken.None)).ShouldNotBeNull("it may ask");
        (await other.Catalogue.RenewForUnknownAsync(CancellationToken.None)).ShouldBeNull("it has just asked");
        var renamed = reading.Simulator.RenameCourse();
        await reading.Catalogue.RenewAsync(CancellationToken.None);

        var found = await other.Catalogue.RenewForUnknownAsync(CancellationToken.None);

        found!.Named(renamed.Name).Serial.ShouldBe(reading.Course);
    }

    private static Task<IReadOnlyList<CatalogueCourse>> TakeAsync(RosterReading reading, DateTimeOffset now) =>
        reading.Deployment.Sweeps.TakeDueAsync(
            Company.Default,
            reading.SweepId,
            now,
            now.AddMinutes(5),
            outstanding: 64,
            CancellationToken.None
        );
}
