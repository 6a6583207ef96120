namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>The instance that polls and relays stops in the middle of its work, without ending, and comes back.</summary>
[Trait("Promise", "P1")]
[Trait("Promise", "P4")]
public sealed class When_the_leader_is_away(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task F12_P4_Should_be_stood_in_for_and_change_nothing_when_it_wakes_up()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        await using var two = await TwoInstances.StartAsync(bench);
        await bench.LiveUntilReceivedAsync(10);

        // It sleeps with an answer of the feed before it, and will want to store it.
        bench.Api.Downstream.Once(Bytes.Hold("\"assignedCourseSerial\""), two.Leader.Pause);
        bench.Simulator.Resume();
        await two.WaitForTakeoverAsync();
        await bench.LiveUntilReceivedAsync(10);

        await NoteStepsBackAsync(bench);
        var tried = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Database.Upstream.Once(Bytes.Hold("poll_progress\nset watermark"), tried.SetResult);
        two.Leader.Continue();
        bench.Simulator.Resume();
        await tried.Task.WaitAsync(Patience, TimeProvider.System);
        await two.WaitUntilLeaderStandsByAsync();
        await bench.LiveUntilReceivedAsync(10);
        await TwoInstances.AssertOnePollsAsync(bench);

        (await bench.JudgeAsync()).ShouldBeComplete();
        (await two.Leases.ReadAsync()).ShouldAllBe(lease =>
            lease.ProcessId == two.Standby.Id && lease.Term == 2 && !lease.IsOver
        );
        (await bench.Deployment.ColumnAsync("select went from public.step_back")).ShouldBeEmpty();
    }

    [Fact]
    public async Task F13_P1_Should_be_stood_in_for_when_its_way_to_the_database_is_cut_in_a_commit()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        await using var two = await TwoInstances.StartAsync(bench);
        await bench.LiveUntilReceivedAsync(10);

        // Nobody tells either end: the transaction stays open, with all its locks.
        bench.Database.Upstream.Once(Bytes.AreCommit, bench.Database.BlackHole);
        bench.Simulator.Resume();
        await Wait.Until(() => bench.Database.Upstream.Swallows, Patience, "a commit");
        await two.WaitForTakeoverAsync();
        var received = bench.Subscriber.Received.Count;
        await Wait.Until(
            () => bench.Subscriber.Received.Count >= received + 10,
            TimeSpan.FromSeconds(30),
            "the other goes on, and does not wait for the first one's locks"
        );

        bench.Database.Heal();
        bench.Database.ResetAll();
        await two.WaitUntilLeaderStandsByAsync();
        (await bench.JudgeAsync()).ShouldBeComplete();
    }

    [Fact]
    public async Task F34_P1_Should_catch_up_when_it_is_alone_and_slept_past_its_lease()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        var leases = new LeaseTable(bench.Deployment.ConnectionString);
        await using var service = bench.StartService();
        await bench.WaitForBootstrapAsync();
        await bench.LiveUntilReceivedAsync(10);

        bench.Api.Downstream.Once(Bytes.Hold("\"assignedCourseSerial\""), service.Pause);
        bench.Simulator.Resume();
        await Wait.Until(
            async () => (await leases.ReadAsync()).All(lease => lease.IsOver),
            Patience,
            "its leases are over"
        );
        service.Continue();
        await bench.LiveUntilReceivedAsync(10);

        (await bench.JudgeAsync()).ShouldBeComplete();
        (await leases.ReadAsync()).Select(lease => lease.Term).ShouldBe([1, 1]);
    }

    /// <summary>From now on a watermark that goes back leaves a trace.</summary>
    private static Task NoteStepsBackAsync(FaultBench bench) =>
        bench.Deployment.ColumnAsync(
            """
            create table public.step_back (went text);
            create function public.note_step_back() returns trigger language plpgsql as $$
            begin
                insert into public.step_back values (old.watermark || ' to ' || new.watermark);
                return new;
            end $$;
            create trigger note_step_back before update on ruangkerja.poll_progress for each row
                when (new.watermark < old.watermark) execute function public.note_step_back();
            """
        );
}
