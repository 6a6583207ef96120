using RuangKerja.Events.Courses;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Storage;
using RuangKerja.LocalServers;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Ledger;
using RuangKerja.Simulator.People;
using Company = RuangKerja.Events.Courses.Company;

namespace RuangKerja.Events.Service.Commands.Demo;

/// <summary>
/// One demo: ① private PostgreSQL and RabbitMQ ② the simulated API, its life still standing ③ the sample subscribers
/// ④ the service, which reads the past as baseline ⑤ life goes on and changes travel ⑥ life stands still until every change has
/// arrived ⑦ the count.
/// </summary>
internal sealed class DemoRun(DemoOptions options, CommandContext context)
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ArrivalDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly Lock _printing = new();

    public async Task<ExitCode> RunAsync(CancellationToken cancellationToken)
    {
        Show("demo", "starting private PostgreSQL and RabbitMQ servers");
        await using var servers = await LocalServerSet.StartAsync(cancellationToken: cancellationToken);
        await using var simulator = await StartSimulatorAsync(cancellationToken);
        await using var samples = await StartSamplesAsync(servers, cancellationToken);
        await using var service = await DemoService.StartAsync(servers, simulator, Show, cancellationToken);
        var store = service.Services.GetRequiredService<IEventStore>();
        await WaitUntilAsync(
            async () =>
                await store.ReadProgressAsync(Company.Default, cancellationToken) is { } progress
                && progress.IsBootstrapped(rosters: true),
            StartDeadline,
            cancellationToken
        );
        var past = await store.CountEventsAsync(Company.Default, cancellationToken);
        Show("service", $"has read the past: {past.Baseline} assignments, stored as baseline and not published");

        var bootstrapped = simulator.Ledger.LastSeq;
        await LiveAsync(simulator, cancellationToken);
        // From here on an interrupt has been heard: what has begun is counted to its end.
        var summary = await SettleAsync(simulator, bootstrapped, service, store, samples);
        await service.StopAsync(CancellationToken.None);
        return Conclude(summary);
    }

    private async Task<SimulatorHost> StartSimulatorAsync(CancellationToken cancellationToken)
    {
        var population = new SimulatorOptions
        {
            Seed = options.Seed,
            TransitionsPerMinute = options.Rate,
            Alive = false,
        };
        var simulator = await SimulatorHost.StartAsync(population, cancellationToken: cancellationToken);
        Show("simulator", $"answers like the Ruangkerja API at {simulator.BaseAddress}");
        return simulator;
    }

    private async Task<DemoSamples> StartSamplesAsync(LocalServerSet servers, CancellationToken cancellationToken)
    {
        var samples = await DemoSamples.StartAsync(options, servers, Show, cancellationToken);
        try
        {
            await WaitUntilAsync(
                () => Task.FromResult(samples.Issuer.IsListening && samples.Notifier.IsListening),
                StartDeadline,
                cancellationToken
            );
        }
        catch
        {
            await samples.DisposeAsync();
            throw;
        }

        Show("demo", $"certificates can be opened at {samples.Issuer.Address}");
        Show("demo", $"mails can be read at {samples.MailPage}, and as files in {samples.MailFolder}");
        return samples;
    }

    /// <summary>Lets life go on and shows it, for the length asked for or until interrupted.</summary>
    private async Task LiveAsync(SimulatorHost simulator, CancellationToken cancellationToken)
    {
        var length = options.Length is { } given ? $"for {given}" : "until interrupted";
        Show("simulator", $"life goes on {length}, at {options.Rate} changes a minute");
        simulator.Resume();
        var end = options.Length is { } bounded ? context.Time.GetUtcNow() + bounded : DateTimeOffset.MaxValue;
        var shown = simulator.Ledger.LastSeq;
        while (context.Time.GetUtcNow() < end && !cancellationToken.IsCancellationRequested)
        {
            shown = ShowLife(simulator, shown);
            await Task.Delay(Look, context.Time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        simulator.Pause();
        ShowLife(simulator, shown);
        Show("simulator", "life stands still");
    }

    private long ShowLife(SimulatorHost simulator, long shown)
    {
        foreach (var entry in simulator.Ledger.After(shown))
        {
            Show("simulator", Describe(entry));
            shown = entry.Seq;
        }

        return shown;
    }

    private static string Describe(LedgerEntry entry) =>
        $"{entry.EmployeeId}  {entry.From?.Word() ?? "(new)"} -> {entry.To.Word()}  {entry.CourseName}";

    /// <summary>Counts until all places agree, or there is no more hope that they will.</summary>
    private async Task<DemoSummary> SettleAsync(
        SimulatorHost simulator,
        long bootstrapped,
        WebApplication service,
        IEventStore store,
        DemoSamples samples
    )
    {
        var metrics = service.Services.GetRequiredService<PipelineMetrics>();
        Show("demo", "counting");
        var summary = await CountAsync();
        if (summary.IsEmpty)
            return summary;

        try
        {
            await WaitUntilAsync(
                async () => (summary = await CountAsync()).Agrees,
                ArrivalDeadline,
                CancellationToken.None
            );
        }
        catch (TimeoutException)
        {
            // The summary says what is missing.
        }

        return summary;

        async Task<DemoSummary> CountAsync()
        {
            var lived = simulator.Ledger.After(bootstrapped);
            return new(
                lived.Count,
                (await store.CountEventsAsync(Company.Default, CancellationToken.None)).Changes,
                metrics.PublishedTotal,
                samples.Notifier.Received,
                DemoDue.Of(lived),
                await samples.CountCertificatesAsync(),
                samples.CountMails()
            );
        }
    }

    private ExitCode Conclude(DemoSummary summary)
    {
        lock (_printing)
        {
            context.WriteTable(["", "count", ""], summary.Rows);
            context.Out.WriteLine(summary.Verdict);
        }

        return summary.Agrees || summary.IsEmpty ? ExitCode.Ok : ExitCode.Unexpected;
    }

    private async Task WaitUntilAsync(
        Func<Task<bool>> condition,
        TimeSpan deadline,
        CancellationToken cancellationToken
    )
    {
        var end = context.Time.GetUtcNow() + deadline;
        while (!await condition())
        {
            if (context.Time.GetUtcNow() > end)
                throw new TimeoutException($"It did not come about within {deadline}.");
            await Task.Delay(Look, context.Time, cancellationToken);
        }
    }

    private void Show(string who, string what)
    {
        lock (_printing)
            context.Out.WriteLine($"{context.Time.GetUtcNow():HH:mm:ss}  {who, -10}  {what}");
    }
}
