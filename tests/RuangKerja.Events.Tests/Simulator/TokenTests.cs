using System.Text.Json;
using RuangKerja.Simulator;

namespace RuangKerja.Events.Tests.Simulator;

public sealed class TokenTests : SimulatorTest
{
    protected override SimulatorOptions Options => Small with { TokenLifetime = TimeSpan.FromSeconds(300) };

    [Fact]
    public async Task RightCredentials_GiveATokenThatOpensTheFeed()
    {
        var reply = await PostToken("simulator", "simulator-secret");

        reply.Status.ShouldBe(200);
        reply.ContentType.ShouldBe("application/json");
        reply.Json.GetProperty("status").GetString().ShouldBe("success");
        reply.Json.GetProperty("message").GetString().ShouldBe("Success");
        reply.Data.GetProperty("tokenType").GetString().ShouldBe("bearer");
        (await Feed(reply.Data.GetProperty("accessToken").GetString())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task ExpiresIn_IsAStringOfSeconds()
    {
        var expiresIn = (await PostToken("simulator", "simulator-secret")).Data.GetProperty("expiresIn");

        expiresIn.ValueKind.ShouldBe(JsonValueKind.String);
        expiresIn.GetString().ShouldBe("300");
    }

    [Theory]
    [InlineData("simulator", "wrong")]
    [InlineData("wrong", "simulator-secret")]
    public async Task WrongCredentials_GiveExactlyTheDocumentedBody(string clientId, string secret)
    {
        var reply = await PostToken(clientId, secret);

        reply.Status.ShouldBe(400);
        reply.Body.ShouldBe(
            """{"errorCode":400,"message":"BAD_REQUEST","detail":"Credentials does not match in our records"}"""
        );
    }

    [Fact]
    public async Task AnotherGrantType_IsABadRequest() =>
        (await PostToken("simulator", "simulator-secret", "password")).ShouldBeBadRequest("grantType");

    [Theory]
    [InlineData("no json")]
    [InlineData("null")]
    [InlineData("""{"clientid":"simulator","clientsecret":"simulator-secret","granttype":"client_credentials"}""")]
    public async Task AnotherBody_IsABadRequest(string body) =>
        (await Post("/oauth/token", body)).Json.GetProperty("message").GetString().ShouldBe("BAD_REQUEST");

    [Fact]
    public async Task BearerPrefix_IsRefused() => (await Feed($"Bearer {await Token()}")).ShouldBeRefusedToken();

    [Theory]
    [InlineData("")]
    [InlineData("never-given-out")]
    public async Task UnknownToken_IsRefused(string token) => (await Feed(token)).ShouldBeRefusedToken();

    [Fact]
    public async Task Token_IsGoodUntilTheLastSecondOfItsLife()
    {
        var token = await Token();

        Clock.Advance(TimeSpan.FromSeconds(299));
        (await Feed(token)).Status.ShouldBe(200);
        Clock.Advance(TimeSpan.FromSeconds(1));
        (await Feed(token)).ShouldBeRefusedToken();
    }

    [Fact]
    public async Task SecondToken_LeavesTheFirstGood()
    {
        var first = await Token();
        var second = await Token();

        second.ShouldNotBe(first);
        (await Feed(first)).Status.ShouldBe(200);
    }
}
