using Microsoft.Extensions.DependencyInjection;
using RuangKerja.Events.IntegrationTests.EndToEnd;
using RuangKerja.Events.IntegrationTests.Faults.BrokenRules;
using RuangKerja.Events.IntegrationTests.Faults.Judging;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;
using Contract = RuangKerja.Events.Contracts;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>
/// The pipeline with one rule missing, against real servers: the oracle must say what the rule is for. Beside each, the same
/// fault with the rule in force.
/// </summary>
public sealed partial class When_a_rule_is_broken(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Only for what must not come.
    private static readonly TimeSpan Shortly = TimeSpan.FromSeconds(5);

    [Fact]
    [Trait("Promise", "P1")]
    public async Task Without_confirms_the_oracle_reports_a_loss()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        await using var publisher = new UnconfirmedPublisher(bench.Deployment.Options.Relay.RabbitMqUri);
        await publisher.StartAsync();
        bench.Deployment.Instead = services => services.AddSingleton<IEventPublisher>(publisher);
        await bench.StartPipelineAsync();
        await bench.LiveUntilReceivedAsync(5);
        (await bench.JudgeAsync()).ShouldBeComplete();

        bench.Broker.Upstream.Swallows = true;
        await bench.Deployment.LiveAsync(transitions: 20);
        await Wait.Until(
            async () => (await LeftBehindAsync(bench)).Any(),
            Patience,
            "what was swallowed counts as sent"
        );
        bench.Broker.ResetAll();
        bench.Broker.Heal();

        var verdict = await bench.JudgeAsync(Shortly);
        verdict.Lost.ShouldNotBeEmpty($"{verdict}");
        verdict.Lost.ShouldAllBe(lost => lost.Contains("left the outbox and was not received"));
    }

    [Fact]
    [Trait("Promise", "P1")]
    public async Task With_confirms_the_same_fault_loses_nothing()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        bench.Deployment.Configure(options =>
            options with
            {
                Relay = options.Relay with { PublishTimeout = TimeSpan.FromSeconds(2) },
            }
        );
        await bench.StartPipelineAsync();
        await bench.LiveUntilReceivedAsync(5);
        (await bench.JudgeAsync()).ShouldBeComplete();

        bench.Broker.Upstream.Swallows = true;
        await bench.Deployment.LiveAsync(transitions: 20);
        await Wait.Until(
            async () => (await bench.ReadEvidenceAsync()).Stored.Any(stored => stored.OutboxState is not null),
            Patience,
            "something waits for its confirm"
        );
        bench.Broker.ResetAll();
        bench.Broker.Heal();

        (await bench.JudgeAsync()).ShouldBeComplete();
    }

    [Fact]
    [Trait("Promise", "P3")]
    public async Task Without_an_inbox_the_oracle_reports_effects_that_were_had_twice()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        EffectCounter careless = new(hasInbox: false),
            careful = new(hasInbox: true);
        await using var subscriber = await MassTransitSubscriber<Contract.CourseStatusChanged>.StartAsync(
            bench.Deployment.Broker,
            change =>
            {
                careless.Handle(change);
                careful.Handle(change);
            }
        );
        await KillBetweenConfirmAndSettlingAsync(bench);
        await using var again = bench.StartService();

        (await bench.JudgeAsync()).ShouldBeComplete();
        await subscriber.ReceiveAllAsync();
        var evidence = await bench.ReadEvidenceAsync();

        Oracle.Judge(evidence with { Effects = careful.Effects }).ShouldBeComplete();
        var verdict = Oracle.Judge(evidence with { Effects = careless.Effects });
        verdict.Repeated.ShouldBePositive($"{verdict}");
        verdict.Effects.Count.ShouldBe(verdict.Repeated, $"{verdict}");
        verdict.Effects.ShouldAllBe(effect => effect.Contains("had its effect 2 times"));
    }

    [Fact]
    [Trait("Promise", "P2")]
    public async Task With_commits_repeated_blindly_the_oracle_reports_doubled_events()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        bench.Deployment.Configure(options =>
            options with
            {
                Storage = options.Storage with
                {
                    CommandTimeout = TimeSpan.FromSeconds(2),
                    ConnectTimeout = TimeSpan.FromSeconds(2),
                },
            }
        );
        var armed = false;
        var repeated = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Deployment.Instead = services =>
            services.AddSingleton<IEventStore>(provider => new BlindlyRetryingStore(
                Engines.Current.CreateStore(provider.GetRequiredService<Database>()),
                LoseOneAnswer,
                HealAll,
                repeated.SetResult
            ));
        await bench.StartPipelineAsync();

        Volatile.Write(ref armed, true);
        bench.Simulator.Resume();
        await repeated.Task.WaitAsync(Patience, TimeProvider.System);
        bench.Simulator.Pause();

        var verdict = await JudgeStoredAsync(bench);
        verdict.Doubled.ShouldNotBeEmpty($"{verdict}");
        verdict.Stored.ShouldBeGreaterThan(verdict.Changes, $"{verdict}");

        void HealAll()
        {
            bench.Database.ResetAll();
            bench.Database.Heal();
        }

        void LoseOneAnswer()
        {
            if (Interlocked.Exchange(ref armed, false))
                bench.Database.Upstream.Once(Bytes.AreCommit, () => bench.Database.Downstream.Swallows = true);
        }
    }

    /// <summary>The verdict once everything that happened is stored; the relay may still have its troubles.</summary>
    private static async Task<Verdict> JudgeStoredAsync(FaultBench bench)
    {
        Verdict? verdict = null;
        await Wait.Until(
            async () => (verdict = Oracle.Judge(await bench.ReadEvidenceAsync())).Stored >= verdict.Changes,
            Patience,
            "everything that happened is stored"
        );
        return verdict!;
    }

    /// <summary>Stored, not in the outbox any more, and received by nobody.</summary>
    private static async Task<IEnumerable<StoredChange>> LeftBehindAsync(FaultBench bench)
    {
        var evidence = await bench.ReadEvidenceAsync();
        var received = evidence.Received.Select(change => change.EventId).ToHashSet();
        return evidence.Stored.Where(stored => stored.OutboxState is null && !received.Contains(stored.EventId));
    }

    /// <summary>The broker has the messages, and the outbox still holds their rows.</summary>
    private static async Task KillBetweenConfirmAndSettlingAsync(FaultBench bench)
    {
        var service = bench.StartService();
        await bench.WaitForBootstrapAsync();
        var settling = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Database.Upstream.Once(
            Bytes.AreSettling,
            () =>
            {
                bench.Database.BlackHole();
                settling.SetResult();
            }
        );
        bench.Simulator.Resume();
        await settling.Task.WaitAsync(Patience, TimeProvider.System);
        // Disposing a process that runs is SIGKILL.
        await service.DisposeAsync();
        bench.Simulator.Pause();
        bench.Database.Heal();
        // As if its leases were over: the test need not wait for that.
        await bench.Deployment.ColumnAsync("update ruangkerja.lease set expires_at = now()");
    }
}
