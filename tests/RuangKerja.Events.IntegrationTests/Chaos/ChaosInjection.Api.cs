using RuangKerja.Simulator.Faults;

namespace RuangKerja.Events.IntegrationTests.Chaos;

internal sealed partial class ChaosInjection
{
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
}
