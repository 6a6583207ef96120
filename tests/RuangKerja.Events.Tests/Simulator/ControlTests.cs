using RuangKerja.Simulator;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Events.Tests.Simulator;

public sealed class ControlTests : SimulatorTest
{
    [Fact]
    public async Task Life_IsResumedAtARateAndPaused()
    {
        var resumed = await Post("/simulator/life", """{"alive":true,"transitionsPerMinute":600}""");
        Clock.Advance(TimeSpan.FromMinutes(1));
        var paused = await Post("/simulator/life", """{"alive":false}""");
        var seq = Simulator.Ledger.LastSeq;
        Clock.Advance(TimeSpan.FromMinutes(1));

        resumed.Json.GetProperty("alive").GetBoolean().ShouldBeTrue();
        resumed.Json.GetProperty("transitionsPerMinute").GetDouble().ShouldBe(600);
        seq.ShouldBeGreaterThan(200);
        paused.Json.GetProperty("alive").GetBoolean().ShouldBeFalse();
        (await Send(HttpMethod.Get, "/simulator/life")).Body.ShouldBe(paused.Body);
        Simulator.Ledger.LastSeq.ShouldBe(seq);
    }

    [Fact]
    public async Task Transition_IsForcedAndAnsweredWithItsLedgerEntry()
    {
        var entry = (await Post("/simulator/transitions", """{"employeeId":"ID-0002","to":"expired"}""")).Json;

        entry.GetProperty("employeeId").GetString().ShouldBe("ID-0002");
        entry.GetProperty("to").GetString().ShouldBe("expired");
        entry.GetProperty("seq").GetInt64().ShouldBe(Simulator.Ledger.LastSeq);
    }

    [Fact]
    public async Task Assignment_IsMadeForTheEmployee()
    {
        var entry = (await Post("/simulator/assignments", """{"employeeId":"ID-0003"}""")).Json;

        entry.GetProperty("to").GetString().ShouldBe("not_started");
        Population.Assignments.Count(one => one.Employee.Id == "ID-0003").ShouldBe(4);
    }

    [Theory]
    [InlineData("/simulator/transitions", """{"employeeId":"ID-9999"}""", 404)]
    [InlineData("/simulator/transitions", """{"company":"none"}""", 404)]
    [InlineData("/simulator/transitions", """{"to":"asleep"}""", 400)]
    [InlineData("/simulator/transitions", """{"employee":"ID-0001"}""", 400)]
    [InlineData("/simulator/transitions", "null", 400)]
    [InlineData("/simulator/life", """{"transitionsPerMinute":-1}""", 400)]
    [InlineData("/simulator/faults", """{"answer":{"count":0}}""", 400)]
    [InlineData("/simulator/faults", """{"delaySeconds":-1}""", 400)]
    [InlineData("/simulator/faults", """{"revokeCredentials":true,"company":"none"}""", 400)]
    [InlineData("/simulator/faults", """{"answer":{"company":"none"}}""", 400)]
    [InlineData("/simulator/faults", """{"feedLagSeconds":-1}""", 400)]
    [InlineData("/simulator/faults", """{"rosterLagSeconds":1e300}""", 400)]
    [InlineData("/simulator/faults", """{"duplicateShare":1.1}""", 400)]
    [InlineData("/simulator/faults", """{"feedRowCap":{"mode":"cut"}}""", 400)]
    [InlineData("/simulator/faults", """{"feedRowCap":{"rows":1,"mode":"burn"}}""", 400)]
    [InlineData("/simulator/faults", """{"rosterDrift":{"count":0}}""", 400)]
    [InlineData("/simulator/faults", """{"rosterDrift":{"company":"none"}}""", 400)]
    [InlineData("/simulator/faults", """{"requestLimit":{"perSecond":0}}""", 400)]
    public async Task OrderThatCannotBeCarriedOut_IsRefusedWithTheReason(string path, string order, int status)
    {
        var before = Simulator.Ledger.LastSeq;

        var reply = await Post(path, order);

        reply.Status.ShouldBe(status);
        reply.Json.GetProperty("error").GetString().ShouldNotBeNullOrEmpty();
        Simulator.Ledger.LastSeq.ShouldBe(before);
    }

    [Fact]
    public async Task TransitionToWhereItIsAlready_IsAConflict()
    {
        const string order = """{"employeeId":"ID-0001","to":"failed"}""";
        for (var i = 0; i < 3; i++)
            await Post("/simulator/transitions", order);

        (await Post("/simulator/transitions", order)).Status.ShouldBe(409);
    }

    [Fact]
    public async Task Faults_AreOrderedShownAndTakenBack()
    {
        var ordered = await Post(
            "/simulator/faults",
            """
            {
              "answer": {"count":3,"status":429,"retryAfter":"2","endpoint":"feed","body":"slow down","contentType":"text/plain"},
              "delaySeconds": 0.5, "expireTokens": true, "revokeCredentials": true, "feedRows": ["{}", "[]"],
              "feedRowCap": {"rows":70,"mode":"cut"}, "feedLagSeconds": 60, "duplicateShare": 0.25,
              "rosterRows": [{"json":"{}","courseSerial":"COURSE-X"}], "rosterLagSeconds": 30,
              "rosterDrift": {"kind":"overlap","count":2}, "requestLimit": {"perSecond":9,"retryAfter":"http_date"}
            }
            """
        );

        var answer = ordered.Json.GetProperty("answers")[0];
        answer.GetProperty("count").GetInt32().ShouldBe(3);
        answer.GetProperty("endpoint").GetString().ShouldBe("feed");
        ordered.Json.GetProperty("delaySeconds").GetDouble().ShouldBe(0.5);
        ordered.Json.GetProperty("revokedCompanies")[0].GetString().ShouldBe("default");
        ordered.Json.GetProperty("feedRows").GetArrayLength().ShouldBe(2);
        ordered.Body.ShouldEndWith(
            """
            "feedRowCap":{"rows":70,"mode":"cut"},"feedLagSeconds":60,"duplicateShare":0.25,"rosterRows":[{"json":"{}","courseSerial":"COURSE-X"}],"rosterLagSeconds":30,"rosterDrifts":[{"kind":"overlap","count":2,"company":null,"courseSerial":null}],"requestLimits":[{"perSecond":9,"retryAfter":"http_date","company":null}]}
            """
        );
        (await Send(HttpMethod.Get, "/simulator/faults")).Body.ShouldBe(ordered.Body);

        (await Send(HttpMethod.Delete, "/simulator/faults")).Body.ShouldBe(
            """
            {"answers":[],"delaySeconds":0,"revokedCompanies":[],"feedRows":[],"feedRowCap":null,"feedLagSeconds":0,"duplicateShare":0,"rosterRows":[],"rosterLagSeconds":0,"rosterDrifts":[],"requestLimits":[]}
            """
        );
        (await Feed()).Items.Count.ShouldBe(60);
    }

    [Fact]
    public async Task FaultOrderedOverHttp_IsTheAnswerGiven()
    {
        await Post(
            "/simulator/faults",
            """{"answer":{"status":429,"retryAfter":"2","body":"slow down","contentType":"text/plain"}}"""
        );

        var reply = await Feed();

        (reply.Status, reply.RetryAfter, reply.Body, reply.ContentType).ShouldBe((429, "2", "slow down", "text/plain"));
    }

    [Fact]
    public async Task TokensExpiredOverHttp_AreRefused()
    {
        var token = await Token();

        await Post("/simulator/faults", """{"expireTokens":true}""");

        (await Feed(token)).ShouldBeRefusedToken();
    }

    [Fact]
    public async Task Requests_AreCountedAndRememberedAsTheyCameIn()
    {
        var token = await Token();
        await Data("/ruangkerja/dashboard/user-course-status?startTimestamp=a%2Bb", token);
        await Data(CataloguePath(), token);
        await Data(RosterPath("COURSE%20X"), token);
        await Data("/ruangkerja/dashboard/elsewhere", token);

        var seen = await Send(HttpMethod.Get, "/simulator/requests");

        seen.Json.GetProperty("counts")
            .ToString()
            .ShouldBe("""{"token":1,"feed":1,"catalogue":1,"roster":1,"unknown":1}""");
        Simulator.Requests.Count(UpstreamEndpoint.Feed).ShouldBe(1);
        Simulator.Requests.Latest[1].Query.ShouldBe("?startTimestamp=a%2Bb");
        Simulator.Requests.Latest[3].Path.ShouldBe("/ruangkerja/dashboard/courses/COURSE%20X/online/users");
        seen.Json.GetProperty("latest")[0].GetProperty("endpoint").GetString().ShouldBe("token");
        (await Send(HttpMethod.Delete, "/simulator/requests")).Json.GetProperty("latest").GetArrayLength().ShouldBe(0);
    }
}
