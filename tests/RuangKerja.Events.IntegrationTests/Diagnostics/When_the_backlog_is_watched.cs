using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.IntegrationTests.Storage;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.IntegrationTests.Diagnostics;

/// <summary>The monitor on a real database: what it finds is in health, in the gauges and at hand for the brake.</summary>
public sealed class When_the_backlog_is_watched(Servers servers)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Should_tell_health_gauges_and_brake_what_waits()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        await store.CommitAsync(StoreFixture.Row(CourseStatus.InProgress, 1));
        await store.ExecuteAsync("update ruangkerja.outbox set queued_at = now() - interval '1 hour'");
        Company.TryCreate($"c{Guid.NewGuid():N}", out var company).ShouldBeTrue();
        await store.ExecuteAsync($"update ruangkerja.outbox set tenant_id = '{company.TenantId}'");
        using var gauges = new Gauges(company);
        await using var watch = new Watch(store, company);

        await watch.StartAsync();

        var outbox = await watch.WaitForAsync(PipelinePart.Outbox);
        outbox.Verdict!.Status.ShouldBe(PartStatus.Late);
        outbox.Failure!.ShouldStartWith("1 events wait for the broker, the oldest for 0.01:00:");
        (await watch.WaitForAsync(PipelinePart.Quarantine)).Verdict.ShouldBeNull();
        (await watch.WaitForAsync(PipelinePart.Database)).Failure.ShouldBeNull();
        watch.Backlogs.Of(company)!.Backlog.Pending.ShouldBe(1);
        (gauges["ruangkerja.outbox.pending"], gauges["ruangkerja.outbox.held"]).ShouldBe((1, 0));
        gauges["ruangkerja.outbox.oldest_age"].ShouldBeGreaterThanOrEqualTo(3_600);
    }

    [Fact]
    public async Task Should_say_that_the_database_lacks_its_tables()
    {
        await using var store = await StoreFixture.CreateAsync(servers, applied: false);
        await using var watch = new Watch(store, Company.Default);

        await watch.StartAsync();

        var database = await watch.WaitForAsync(PipelinePart.Database);
        (database.LastSuccess, database.Verdict!.Status).ShouldBe((null, PartStatus.Failing));
        database.Verdict.Hint!.ShouldContain("db apply");
        watch.Backlogs.Of(Company.Default).ShouldBeNull();
    }

    private sealed class Watch : IAsyncDisposable
    {
        private readonly HealthBoard _board = new(TimeProvider.System);
        private readonly BacklogMetrics _metrics = new();
        private readonly BacklogMonitor _monitor;

        public Watch(StoreFixture store, Company company)
        {
            var api = new ApiOptions { Credentials = new ApiCredentials("id", "secret"), TimeZone = TimeZoneInfo.Utc };
            var options = new PipelineOptions
            {
                Companies = [new CompanyOptions(company, api)],
                Storage = store.Database.Options,
                Relay = new RelayOptions { RabbitMqUri = new Uri("amqp://127.0.0.1/") },
            };
            var budget = new OutboxBudget(options.OutboxBudget);
            var reports = new BacklogReports(
                _board,
                Backlogs,
                _metrics,
                budget,
                options,
                TimeProvider.System,
                NullLogger<BacklogReports>.Instance
            );
            var backlog = new PostgresBacklogStore(store.Database);
            _monitor = new BacklogMonitor([company], backlog, store.Schema, budget, reports, TimeProvider.System);
        }

        public Backlogs Backlogs { get; } = new();

        public Task StartAsync() => _monitor.StartAsync(CancellationToken.None);

        public async Task<PartHealth> WaitForAsync(PipelinePart part)
        {
            PartHealth? health = null;
            await Wait.Until(
                () => (health = _board.Read().SingleOrDefault(p => p.Part == part)) is not null,
                Soon,
                $"the part {part} to be told"
            );
            return health!;
        }

        public async ValueTask DisposeAsync()
        {
            await _monitor.StopAsync(CancellationToken.None);
            _monitor.Dispose();
            _metrics.Dispose();
        }
    }

    /// <summary>The latest value of each gauge of one company.</summary>
    private sealed class Gauges : IDisposable
    {
        private readonly ConcurrentDictionary<string, double> _values = new();
        private readonly MeterListener _listener = new();

        public Gauges(Company company)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == PipelineMetrics.MeterName)
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Take(i, value, tags));
            _listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Take(i, value, tags));
            _listener.Start();

            void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
            {
                foreach (var tag in tags)
                {
                    if (Equals(tag.Value, company.Name))
                        _values[instrument.Name] = value;
                }
            }
        }

        public double this[string gauge] => _values[gauge];

        public void Dispose() => _listener.Dispose();
    }
}
