using RuangKerja.Simulator;
using RuangKerja.Simulator.Faults;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Events.Tests.Simulator;

public sealed class FaultTests : SimulatorTest
{
    protected override SimulatorOptions Options =>
        Small with
        {
            Companies =
            [
                new(),
                new()
                {
                    Name = "other",
                    ClientId = "other",
                    ClientSecret = "other-secret",
                },
            ],
        };

    [Fact]
    public async Task FailingAnswer_HitsAsManyDataRequestsAsOrderedAndNoTokenRequest()
    {
        Simulator.Faults.Answer(
            new AnswerFault
            {
                Count = 2,
                Status = 503,
                RetryAfter = "7",
            }
        );

        var replies = new[] { await Feed(), await Data(CataloguePath()), await Feed() };

        replies.Select(reply => reply.Status).ShouldBe([503, 503, 200]);
        replies.Select(reply => reply.RetryAfter).ShouldBe(["7", "7", null]);
        replies[0].Json.GetProperty("errorCode").GetInt32().ShouldBe(503);
        replies[0].Json.GetProperty("message").GetString()!.ShouldStartWith("rpc error: code = Unavailable desc = ");
    }

    [Fact]
    public async Task FailingAnswerForOneEndpoint_LeavesTheOthersAlone()
    {
        Simulator.Faults.Answer(new AnswerFault { Endpoint = UpstreamEndpoint.Catalogue, Status = 429 });
        Simulator.Faults.Answer(new AnswerFault { Endpoint = UpstreamEndpoint.Token, Status = 500 });

        (await PostToken("simulator", "simulator-secret")).Status.ShouldBe(500);
        (await Feed()).Status.ShouldBe(200);
        (await Data(CataloguePath())).Status.ShouldBe(429);
        Simulator.Faults.Answers.ShouldBeEmpty();
    }

    [Fact]
    public async Task ErrorCodeInsideHttp200_IsAFailureBodyAlone()
    {
        Simulator.Faults.Answer(AnswerFault.InsideHttp200(14, "rpc error: code = Unavailable desc = later"));

        var reply = await Feed();

        reply.Status.ShouldBe(200);
        reply.Body.ShouldBe(
            """{"errorCode":14,"message":"rpc error: code = Unavailable desc = later","detail":"rpc error: code = Unavailable desc = later"}"""
        );
    }

    [Fact]
    public async Task HtmlAnswer_IsNoJson()
    {
        Simulator.Faults.Answer(AnswerFault.Html());

        var reply = await Feed();

        (reply.Status, reply.ContentType).ShouldBe((502, "text/html"));
        reply.Body.ShouldStartWith("<html>");
    }

    [Fact]
    public async Task AbortedAnswer_IsACutConnection()
    {
        Simulator.Faults.Answer(new AnswerFault { Abort = true });

        await Should.ThrowAsync<HttpRequestException>(() => Feed());
        (await Feed()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Delay_HoldsEveryAnswerBack()
    {
        var token = await Token();
        Simulator.Faults.Delay = TimeSpan.FromSeconds(30);
        var idle = Clock.PendingTimers;

        var feed = Feed(token);
        var tokenRequest = PostToken("simulator", "simulator-secret");
        await Until(() => Clock.PendingTimers == idle + 2);
        Clock.Advance(TimeSpan.FromSeconds(29));
        (feed.IsCompleted || tokenRequest.IsCompleted).ShouldBeFalse();
        Clock.Advance(TimeSpan.FromSeconds(1));

        (await feed.WaitAsync(Deadline)).Status.ShouldBe(200);
        (await tokenRequest.WaitAsync(Deadline)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task ExpiredTokens_AreRefusedAndNewOnesAreGood()
    {
        var token = await Token();

        Simulator.Faults.ExpireTokens();

        (await Feed(token)).ShouldBeRefusedToken();
        (await Feed(await Token())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task RevokedCredentials_AreRefusedUntilRestoredAndLeaveTokensGood()
    {
        var token = await Token();

        Simulator.Faults.RevokeCredentials();
        (await PostToken("simulator", "simulator-secret")).Detail.ShouldBe("Credentials does not match in our records");
        (await Feed(token)).Status.ShouldBe(200);
        Simulator.Faults.RestoreCredentials();
        (await PostToken("simulator", "simulator-secret")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task RevokedCredentialsOfOneCompany_LeaveTheOthersGood()
    {
        Simulator.Faults.RevokeCredentials("other");

        (await PostToken("other", "other-secret")).Status.ShouldBe(400);
        (await PostToken("simulator", "simulator-secret")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task FeedRows_StandInEveryFeedAnswerAsTheyAreUntilRemoved()
    {
        const string row = """{"employeeID": 7, "status":"asleep"}""";
        Simulator.Faults.AddFeedRow(row);

        (await Feed()).Items.Count.ShouldBe(61);
        (await Feed()).Body.ShouldContain("," + row + "]");
        Simulator.Faults.RemoveFeedRows();
        (await Feed()).Items.Count.ShouldBe(60);
    }

    [Fact]
    public async Task FeedRowThatIsNoJson_BreaksTheAnswer()
    {
        Simulator.Faults.AddFeedRow("{\"employeeID\":");

        (await Feed()).Body.ShouldEndWith("{\"employeeID\":]}}");
    }

    [Fact]
    public async Task Clear_TurnsEverythingBack()
    {
        Simulator.Faults.Answer(new AnswerFault { Count = 9 });
        Simulator.Faults.AddFeedRow("{}");
        Simulator.Faults.Delay = TimeSpan.FromHours(1);
        Simulator.Faults.RevokeCredentials();
        Simulator.Faults.RevokeCredentials("other");
        Simulator.Faults.FeedRowCap = new FeedRowCap(1);
        Simulator.Faults.DuplicateShare = 1;
        Simulator.Faults.FeedLag = TimeSpan.FromDays(1);
        Simulator.Faults.RosterLag = TimeSpan.FromDays(1);
        Simulator.Faults.AddRosterRow("{}");
        Simulator.Faults.Drift(new RosterDrift { Kind = RosterDriftKind.Remove });
        Simulator.Faults.Limit(new RequestLimit());
        var assigned = Simulator.Assign();

        Simulator.Faults.Clear();

        (await Feed(await Token()).WaitAsync(Deadline)).Items.Count.ShouldBe(61);
        var roster = await Data(RosterPath(assigned.CourseSerial, 2, 1));
        roster.Data.GetProperty("totalItems").GetInt32().ShouldBe(HoldersOf(assigned.CourseSerial));
        (await PostToken("other", "other-secret")).Status.ShouldBe(200);
    }

    [Fact]
    public void FaultOutsideItsRanges_IsRefused()
    {
        Should.Throw<ArgumentException>(() => Simulator.Faults.Answer(new AnswerFault { Count = 0 }));
        Should.Throw<ArgumentException>(() => Simulator.Faults.Answer(new AnswerFault { Status = 199 }));
        Should.Throw<ArgumentException>(() => Simulator.Faults.Delay = TimeSpan.FromSeconds(-1));
        Should.Throw<ArgumentException>(() => Simulator.Faults.FeedLag = TimeSpan.FromSeconds(-1));
        Should.Throw<ArgumentException>(() => Simulator.Faults.RosterLag = TimeSpan.FromDays(366));
        Should.Throw<ArgumentException>(() => Simulator.Faults.DuplicateShare = double.NaN);
        Should.Throw<ArgumentException>(() => Simulator.Faults.FeedRowCap = new FeedRowCap(0));
        Should.Throw<ArgumentException>(() => Simulator.Faults.Drift(new RosterDrift { Count = 0 }));
        Should.Throw<ArgumentException>(() => Simulator.Faults.Limit(new RequestLimit { PerSecond = 0 }));
    }

    private int HoldersOf(string courseSerial) =>
        Population.Assignments.Count(one => one.Course.Serial == courseSerial);
}
