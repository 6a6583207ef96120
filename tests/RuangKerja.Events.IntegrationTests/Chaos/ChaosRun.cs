using System.Collections.Concurrent;
using RuangKerja.Events.IntegrationTests.EndToEnd;

namespace RuangKerja.Events.IntegrationTests.Chaos;

/// <summary>
/// One run: ① start everything and read the past ② let life go on, bring the planned faults about and heal them ③ let life
/// stand still until all is told ④ judge.
/// </summary>
internal sealed class ChaosRun(ChaosOptions options, TextWriter output)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan JudgeInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly IReadOnlyList<PlannedFault> _plan = ChaosPlan.From(options.Seed, options.Duration);
    private readonly ConcurrentDictionary<ChaosTarget, SemaphoreSlim> _targets = new();
    private readonly ConcurrentQueue<PlannedFault> _injected = new();
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly string _folder = Path.Combine("artifacts", "chaos", $"{options.Seed}");
    private long _began;

    /// <returns>Whether every promise was kept and nothing else was to complain of.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        output.WriteLine($"{_plan.Count} faults in {options.Minutes} minutes: {options.Command}");
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
        ChaosReport report;
        await using (var system = await ChaosSystem.StartAsync(options.Seed, _folder, Complain, cancellationToken))
        {
            _began = _time.GetTimestamp();
            await system.BeginLifeAsync().WaitAsync(cancellationToken);
            output.WriteLine("The past is read, and life begins.");
            _began = _time.GetTimestamp();
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var looking = LookAsync(system, end.Token);
            await InjectAllAsync(system, cancellationToken);
            report = await JudgeAsync(system, cancellationToken);
            await end.CancelAsync();
            await looking;
        }

        report.Print(output);
        if (report.IsClean)
            Directory.Delete(_folder, recursive: true);
        else
            output.WriteLine($"What the instances printed is in {_folder}. Again: {options.Command}");
        return report.IsClean;
    }

    private async Task InjectAllAsync(ChaosSystem system, CancellationToken cancellationToken)
    {
        var injection = new ChaosInjection(system);
        var running = new List<Task>();
        foreach (var fault in _plan)
        {
            await DelayUntilAsync(fault.At, cancellationToken);
            running.Add(RunAsync(injection, fault, cancellationToken));
        }

        await Task.WhenAll(running);
        await DelayUntilAsync(options.Duration, cancellationToken);
    }

    /// <summary>One fault from its beginning to its end. It is healed also when the run is interrupted.</summary>
    private async Task RunAsync(ChaosInjection injection, PlannedFault fault, CancellationToken cancellationToken)
    {
        // A server may take its time to come back from the fault before.
        var target = _targets.GetOrAdd(fault.Target, _ => new SemaphoreSlim(1));
        await target.WaitAsync(cancellationToken);
        try
        {
            Say($"{fault}");
            var heal = await injection.InjectAsync(fault);
            _injected.Enqueue(fault);
            if (fault.Length == TimeSpan.Zero)
                return;
            await Task.Delay(fault.Length, _time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await heal();
            Say($"{fault.Target}: well again");
        }
        // Whatever it is, the run goes on, and is not clean.
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Complain($"{fault} went wrong: {error.Message}");
        }
        finally
        {
            target.Release();
        }
    }

    private async Task<ChaosReport> JudgeAsync(ChaosSystem system, CancellationToken cancellationToken)
    {
        system.Api.Clear();
        system.Simulator.Pause();
        var stood = _time.GetUtcNow();
        Say($"all is healed and life stands still after {system.Changes} changes");
        var verdicts = await system.JudgeAsync();
        while (_time.GetUtcNow() - stood < Patience)
        {
            var isSwept = await system.CountSweptAsync(stood) == TwoCompanies.Names.Count;
            verdicts = await system.JudgeAsync();
            if (isSwept && verdicts.Values.All(verdict => verdict.IsTold))
                break;
            await Task.Delay(JudgeInterval, _time, cancellationToken);
        }

        if (await system.CountSweptAsync(stood) < TwoCompanies.Names.Count)
            Complain($"the rosters were not swept within {Patience.TotalMinutes:0} min");
        foreach (var instance in system.Instances)
        {
            if (!await instance.GetsReadyAsync(cancellationToken))
                Complain($"instance {instance.Number} did not get ready again");
        }

        return new ChaosReport(
            [.. _injected],
            verdicts,
            [.. _complaints],
            [.. system.Instances.SelectMany(i => i.Lives.Select((life, n) => new InstanceLife(i.Number, n + 1, life)))]
        )
        {
            LeastChanges = ChaosSystem.LeastChanges(options.Duration),
        };
    }

    private async Task LookAsync(ChaosSystem system, CancellationToken cancellationToken)
    {
        for (var looks = 1; !cancellationToken.IsCancellationRequested; looks++)
        {
            foreach (var instance in system.Instances)
                await instance.LookAsync(Elapsed);
            if (looks % 6 == 0)
                Say($"{system.Changes} changes, {system.Received} messages received");
            await Task.Delay(LookInterval, _time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task DelayUntilAsync(TimeSpan at, CancellationToken cancellationToken) =>
        at > Elapsed ? Task.Delay(at - Elapsed, _time, cancellationToken) : Task.CompletedTask;

    private TimeSpan Elapsed => _time.GetElapsedTime(_began);

    private void Complain(string what)
    {
        _complaints.Enqueue(what);
        Say($"COMPLAINT: {what}");
    }

    private void Say(string what) => output.WriteLine($@"{Elapsed:hh\:mm\:ss}  {what}");
}
