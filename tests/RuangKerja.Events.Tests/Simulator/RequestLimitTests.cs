using RuangKerja.Simulator;
using RuangKerja.Simulator.Faults;

namespace RuangKerja.Events.Tests.Simulator;

public sealed class RequestLimitTests : SimulatorTest
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
    public async Task RequestsAboveTheLimit_AreRefusedUntilTheNextSecond()
    {
        Simulator.Faults.Limit(new RequestLimit { PerSecond = 2, RetryAfter = RetryAfterForm.Seconds });

        var replies = new[] { await Feed(), await Data(CataloguePath()), await Feed() };

        replies.Select(reply => reply.Status).ShouldBe([200, 200, 429]);
        replies[2].RetryAfter.ShouldBe("1");
        replies[2].Json.GetProperty("errorCode").GetInt32().ShouldBe(429);
        replies[2]
            .Json.GetProperty("message")
            .GetString()
            .ShouldBe("rpc error: code = ResourceExhausted desc = More than 2 requests in this second");
        Clock.Advance(TimeSpan.FromSeconds(1));
        (await Feed()).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(RetryAfterForm.Seconds, "1", "1", "1")]
    [InlineData(RetryAfterForm.HttpDate, Next, Next, Next)]
    [InlineData(RetryAfterForm.Alternating, "1", Next, "1")]
    [InlineData(RetryAfterForm.None, null, null, null)]
    public async Task RetryAfter_HasTheFormAskedFor(RetryAfterForm form, string? first, string? second, string? third)
    {
        Clock.Advance(TimeSpan.FromMilliseconds(300));
        Simulator.Faults.Limit(new RequestLimit { RetryAfter = form });
        await Feed();

        var refused = new[] { await Feed(), await Feed(), await Feed() };

        refused.Select(reply => reply.RetryAfter).ShouldBe([first, second, third]);
    }

    [Fact]
    public async Task EachCompany_IsCountedByItself()
    {
        Simulator.Faults.Limit(new RequestLimit());

        (await Feed()).Status.ShouldBe(200);
        (await OthersFeed()).Status.ShouldBe(200);
        (await OthersFeed()).Status.ShouldBe(429);
    }

    [Fact]
    public async Task LimitOfOneCompany_LeavesTheOthersAloneAndGoesBeforeTheGeneralOne()
    {
        Simulator.Faults.Limit(new RequestLimit { PerSecond = 1, Company = "other" });
        (await OthersFeed()).Status.ShouldBe(200);
        (await OthersFeed()).Status.ShouldBe(429);
        (await Feed()).Status.ShouldBe(200);
        (await Feed()).Status.ShouldBe(200);

        Simulator.Faults.Limit(new RequestLimit { PerSecond = 100 });
        (await OthersFeed()).Status.ShouldBe(429);
        Simulator.Faults.RemoveLimits();
        (await OthersFeed()).Status.ShouldBe(200);
    }

    [Fact]
    public async Task FailingAnswerOfOneCompany_LeavesTheOthersAlone()
    {
        Simulator.Faults.Answer(new AnswerFault { Status = 503, Company = "other" });

        (await Feed()).Status.ShouldBe(200);
        (await OthersFeed()).Status.ShouldBe(503);
        (await OthersFeed()).Status.ShouldBe(200);
    }

    private const string Next = "Mon, 05 Jan 2026 02:00:01 GMT";

    private async Task<Reply> OthersFeed() => await Feed(await Token("other", "other-secret"));
}
