using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.IntegrationTests.Faults;
using RuangKerja.Events.Relay;
using RuangKerja.LocalServers;
using Company = RuangKerja.Events.Courses.Company;

namespace RuangKerja.Events.IntegrationTests.Relay;

/// <summary>There may be nothing to publish for days: what is wrong with the broker is said all the same.</summary>
public sealed class When_the_broker_is_watched(Servers servers)
{
    [Fact]
    public async Task Should_be_well_when_it_takes_messages() =>
        (
            await HealthAsync(await servers.CreateVirtualHostAsync(), health => health.LastSuccess is not null)
        ).Failure.ShouldBeNull();

    [Fact]
    public async Task Should_name_a_wrong_password()
    {
        var broker = new UriBuilder(await servers.CreateVirtualHostAsync()) { Password = "hush" }.Uri;

        var health = await HealthAsync(broker, h => h.Failure is not null);

        health.Failure!.ShouldContain("refuses the user or password");
        health.Failure!.ShouldNotContain("hush");
    }

    [Fact]
    public async Task Should_name_a_virtual_host_that_is_not_there()
    {
        var broker = new Uri(await servers.CreateVirtualHostAsync(), "/nowhere");

        (await HealthAsync(broker, h => h.Failure is not null)).Failure!.ShouldContain("Check the virtual host");
    }

    [Fact]
    public async Task Should_name_an_exchange_that_was_declared_otherwise()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var other = await AmqpQueue.BindAsync(broker, ExchangeNames.Topic, ExchangeType.Fanout);

        (await HealthAsync(broker, h => h.Failure is not null)).Failure!.ShouldContain(ExchangeNames.Topic);
    }

    [Fact]
    public async Task Should_say_that_it_takes_nothing_in_an_alarm_and_when_that_is_over()
    {
        await using var broker = await RabbitMqServer.StartAsync();
        await using var monitor = await Monitor.StartAsync(broker.AmqpUri);
        await monitor.WaitAsync(h => h.LastSuccess is not null);

        await broker.RabbitMqCtlAsync("set_vm_memory_high_watermark", "0");
        await monitor.WaitAsync(h => h.Failure?.Contains("takes no messages") == true);

        await broker.RabbitMqCtlAsync("set_vm_memory_high_watermark", "0.8");
        await monitor.WaitAsync(h => h.Failure is null);
    }

    [Fact]
    public async Task Should_leave_no_connection_behind_when_nobody_answers()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var way = ChaosProxy.Before(broker.Host, broker.Port);
        var monitor = await Monitor.StartAsync(
            new UriBuilder(broker) { Host = "127.0.0.1", Port = way.Port }.Uri,
            new HurriedClock()
        );
        await monitor.WaitAsync(h => h.LastSuccess is not null);

        way.BlackHole();
        await Wait.Until(() => way.Accepted >= 4, TimeSpan.FromSeconds(60), "more tries");
        await monitor.DisposeAsync();

        // It still swallows all: nothing but the end of a socket ends a connection.
        await Wait.Until(() => way.Open == 0, TimeSpan.FromSeconds(30), "all connections to be closed");
    }

    private static async Task<PartHealth> HealthAsync(Uri broker, Func<PartHealth, bool> condition)
    {
        await using var monitor = await Monitor.StartAsync(broker);
        return await monitor.WaitAsync(condition);
    }

    /// <summary>Its timers are over in a tenth of the time.</summary>
    private sealed class HurriedClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 10 : dueTime, period);
    }

    private sealed class Monitor : IAsyncDisposable
    {
        private readonly HealthBoard _board = new(TimeProvider.System);
        private readonly BrokerMonitor _monitor;

        private Monitor(Uri broker, TimeProvider time)
        {
            var options = new RelayOptions { RabbitMqUri = broker, SafetyInterval = TimeSpan.FromMilliseconds(200) };
            _monitor = new BrokerMonitor(
                options,
                new BrokerState(time),
                new BrokerReports([Company.Default], _board, NullLogger<BrokerReports>.Instance),
                new BrokerCredentials(options, NullLogger<BrokerCredentials>.Instance),
                time
            );
        }

        public static async Task<Monitor> StartAsync(Uri broker, TimeProvider? time = null)
        {
            var monitor = new Monitor(broker, time ?? TimeProvider.System);
            await monitor._monitor.StartAsync(CancellationToken.None);
            return monitor;
        }

        public async Task<PartHealth> WaitAsync(Func<PartHealth, bool> condition)
        {
            PartHealth? health = null;
            await Wait.Until(
                () => (health = _board.Read().SingleOrDefault()) is not null && condition(health),
                TimeSpan.FromSeconds(30),
                "the broker's health"
            );
            return health!;
        }

        public async ValueTask DisposeAsync()
        {
            await _monitor.StopAsync(CancellationToken.None);
            _monitor.Dispose();
        }
    }
}
