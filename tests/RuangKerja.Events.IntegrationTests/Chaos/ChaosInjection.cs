using RuangKerja.Events.IntegrationTests.Faults;
using RuangKerja.LocalServers;
using RuangKerja.Simulator.Faults;

namespace RuangKerja.Events.IntegrationTests.Chaos;

/// <summary>Brings a planned fault about.</summary>
internal sealed class ChaosInjection(ChaosSystem system)
{
    // RabbitMQ's own default.
    private const string MemoryWatermark = "0.4";

    /// <summary>Brings it about; what is returned heals it.</summary>
    public Task<Func<Task>> InjectAsync(PlannedFault fault) =>
        fault.Target.Part switch
        {
            ChaosPart.Instance => DisturbAsync(InstanceOf(fault), fault.Fault),
            ChaosPart.Database => DisturbAsync(system.Postgres, fault.Fault),
            ChaosPart.Broker => DisturbBrokerAsync(fault.Fault),
            ChaosPart.WayToDatabase => Task.FromResult(Disturb(InstanceOf(fault).Database, fault)),
            ChaosPart.WayToBroker => Task.FromResult(Disturb(InstanceOf(fault).Broker, fault)),
            _ => Task.FromResult(Disturb(system.Api, fault)),
        };

    private ChaosInstance InstanceOf(PlannedFault fault) => system.Instances[fault.Target.Instance - 1];

    private static async Task<Func<Task>> DisturbAsync(ChaosInstance instance, ChaosFault fault)
    {
        switch (fault)
        {
            case ChaosFault.Kill:
                await instance.KillAsync();
                return Then(instance.Start);
            case ChaosFault.Restart:
                await instance.StopAsync();
                return Then(instance.Start);
            case ChaosFault.Freeze:
                instance.Freeze();
                return Then(instance.Thaw);
            default:
                throw Unknown(fault, ChaosPart.Instance);
        }
    }

    private static async Task<Func<Task>> DisturbAsync(LocalServer server, ChaosFault fault)
    {
        switch (fault)
        {
            case ChaosFault.Kill:
                await server.KillAsync();
                return () => server.StartAgainAsync();
            case ChaosFault.Restart:
                await server.StopAsync();
                return () => server.StartAgainAsync();
            case ChaosFault.Freeze:
                await server.FreezeAsync();
                return () => server.ThawAsync();
            default:
                throw Unknown(fault, ChaosPart.Database);
        }
    }

    private async Task<Func<Task>> DisturbBrokerAsync(ChaosFault fault)
    {
        var broker = system.RabbitMq;
        switch (fault)
        {
            case ChaosFault.Kill:
                // RabbitMQ may lose what was declared just before it is killed, whatever it has answered.
                await broker.FlushDeclarationsAsync();
                return await DisturbAsync(broker, fault);
            case ChaosFault.MemoryAlarm:
                await broker.RabbitMqCtlAsync("set_vm_memory_high_watermark", "0");
                return () => broker.RabbitMqCtlAsync("set_vm_memory_high_watermark", MemoryWatermark);
            case ChaosFault.ClosedConnections:
                await broker.RabbitMqCtlAsync("close_all_connections", "chaos");
                return () => Task.CompletedTask;
            default:
                return await DisturbAsync(broker, fault);
        }
    }

    private static Func<Task> Disturb(ChaosProxy way, PlannedFault fault)
    {
        switch (fault.Fault)
        {
            case ChaosFault.BlackHole:
                way.BlackHole();
                break;
            case ChaosFault.Resets:
                way.Refuses = true;
                way.ResetAll();
                break;
            case ChaosFault.Latency:
                way.Upstream.Delay = way.Downstream.Delay = TimeSpan.FromMilliseconds(20 + (fault.Amount % 300));
                break;
            case ChaosFault.CutConnection:
                (fault.Amount % 2 == 0 ? way.Upstream : way.Downstream).CutAfter(fault.Amount);
                break;
            default:
                throw Unknown(fault.Fault, fault.Target.Part);
        }

        return Then(way.Heal);
    }

    private static Func<Task> Disturb(FaultBoard api, PlannedFault fault)
    {
        var seconds = TimeSpan.FromSeconds(1 + (fault.Amount % 8));
        switch (fault.Fault)
        {
            case ChaosFault.FailingAnswers:
                foreach (var status in (int[])[503, 500, 504, 502])
                    api.Answer(new AnswerFault { Status = status, Count = 3 });
                api.Answer(AnswerFault.InsideHttp200(123, "rpc error: code = Unavailable desc = try again"));
                api.Answer(new AnswerFault { Status = 503, Count = int.MaxValue });
                break;
            case ChaosFault.Throttling:
                api.Limit(new RequestLimit { PerSecond = 1 + (fault.Amount % 3) });
                break;
            case ChaosFault.CutAnswers:
                api.Answer(new AnswerFault { Abort = true, Count = int.MaxValue });
                break;
            case ChaosFault.SlowAnswers:
                api.Delay = seconds;
                break;
            case ChaosFault.ExpiredTokens:
                api.ExpireTokens();
                break;
            case ChaosFault.LateRows:
                api.FeedLag = seconds * 2;
                api.RosterLag = seconds;
                break;
            case ChaosFault.DoubledRows:
                api.DuplicateShare = 0.5;
                break;
            case ChaosFault.RosterDrift:
                api.Drift(new RosterDrift { Kind = RosterDriftKind.Insert, Count = 3 });
                api.Drift(new RosterDrift { Kind = RosterDriftKind.Overlap, Count = 5 });
                break;
            case ChaosFault.BadRows:
                api.AddFeedRow("""{"employeeID":"ID-0001","status":"asleep","updatedAt":"soon"}""");
                api.AddRosterRow("""{"user":{"employeeID":""},"status":"completed","postTest":101}""");
                break;
            default:
                throw Unknown(fault.Fault, ChaosPart.Api);
        }

        return Then(api.Clear);
    }

    private static Func<Task> Then(Action heal) =>
        () =>
        {
            heal();
            return Task.CompletedTask;
        };

    private static ArgumentOutOfRangeException Unknown(ChaosFault fault, ChaosPart part) =>
        new(nameof(fault), fault, $"no such fault of {part}");
}
