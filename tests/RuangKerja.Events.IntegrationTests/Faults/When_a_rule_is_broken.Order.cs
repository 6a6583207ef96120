using Microsoft.Extensions.DependencyInjection;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.IntegrationTests.Faults.BrokenRules;
using RuangKerja.Events.IntegrationTests.Faults.Judging;
using RuangKerja.Events.Storage;
using RuangKerja.Simulator.Ledger;
using RuangKerja.Simulator.People;
using StoreFixture = RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Faults;

public sealed partial class When_a_rule_is_broken
{
    [Fact]
    [Trait("Promise", "P1")]
    public async Task With_an_outbox_read_by_highest_sequence_the_oracle_finds_an_event_that_waits_for_ever()
    {
        var verdict = await CommitInOtherOrderAsync(
            services =>
                services.AddSingleton<IOutbox>(provider => new OutboxByHighestSequence(
                    new PostgresOutbox(provider.GetRequiredService<Database>())
                )),
            leaves: 1
        );

        verdict.IsTold.ShouldBeFalse($"{verdict}");
        (verdict.Stored, verdict.Received, verdict.Waiting).ShouldBe((3, 2, 1));
    }

    [Fact]
    [Trait("Promise", "P1")]
    public async Task With_an_outbox_read_by_row_the_same_commits_are_all_told() =>
        (await CommitInOtherOrderAsync(_ => { }, leaves: 0)).ShouldBeComplete();

    /// <summary>
    /// Of two open transactions the one with the lower sequence commits last, when the relay has sent the other; and then a third
    /// comes. Returns the verdict once the third was received, and the outbox holds as many rows as are to be left there.
    /// </summary>
    private async Task<Verdict> CommitInOtherOrderAsync(Action<IServiceCollection> instead, int leaves)
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        bench.Deployment.Instead = instead;
        await bench.StartPipelineAsync();
        await using var slow = ProxiedStore.Before(bench.Deployment.ConnectionString);
        using var mayCommit = new ManualResetEventSlim();
        var commits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        slow.Proxy.Upstream.Once(
            Bytes.AreCommit,
            () =>
            {
                commits.SetResult();
                mayCommit.Wait();
            }
        );

        var late = slow.Store.CommitAsync(Begins(employee: 1), CancellationToken.None);
        await commits.Task.WaitAsync(Patience, TimeProvider.System);
        await bench.Deployment.Store.CommitAsync(Begins(employee: 2), CancellationToken.None);
        await bench.Subscriber.WaitForAsync(1);
        mayCommit.Set();
        (await late).ShouldBe(CommitOutcome.Committed);
        await bench.Deployment.Store.CommitAsync(Begins(employee: 3), CancellationToken.None);
        await Wait.Until(
            () => bench.Subscriber.Received.Any(change => change.EmployeeId == "ID-3"),
            Patience,
            "the third is received"
        );
        // It is taken from the outbox after it was sent.
        await Wait.Until(
            async () => await bench.CountPendingAsync() == leaves,
            Patience,
            $"{leaves} rows in the outbox"
        );
        await bench.Subscriber.ReceiveAllAsync();

        var evidence = await bench.ReadEvidenceAsync();
        evidence.Stored.Select(stored => stored.EmployeeId).ShouldBe(["ID-1", "ID-2", "ID-3"], "by sequence");
        return Oracle.Judge(evidence with { Truth = [Began(1), Began(2), Began(3)] });
    }

    private static ChunkCommit Begins(int employee) =>
        new(
            Courses.Company.Default,
            new NoMove(),
            ChangeSet.Detect(
                KnownAssignments.None,
                [StoreFixture.Row(CourseStatus.InProgress, 1, employee)],
                new DetectionContext(StoreFixture.Start.AddHours(1), default, TimeSpan.FromMinutes(2))
            ),
            [],
            PublishBaseline: false
        );

    private static LedgerEntry Began(int employee) =>
        new(
            employee,
            StoreFixture.Start,
            "default",
            $"ID-{employee}",
            "COURSE-1",
            "Course of default",
            "ASGC-1",
            null,
            UpstreamStatus.InProgress,
            Initial: false
        );
}
