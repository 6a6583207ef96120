using RuangKerja.Events.Api;

namespace RuangKerja.Events.Tests.Api;

public sealed class AccessTokensTests
{
    private static readonly Reply NotValid = Reply.Json(UpstreamSample.Read("failure-permission-denied.json"));

    private static readonly Reply WrongCredentials = Reply.Json(UpstreamSample.Read("token-wrong-credentials.json"));

    [Fact]
    public async Task Documented_token_answer_is_used()
    {
        await using var bench = new ApiBench { Token = _ => Reply.Json(UpstreamSample.Read("token-success.json")) };

        await bench.ReadAsync();

        bench.DataRequests.Single().Header("Authorization").ShouldBe("EXAMPLE-TOKEN-0001");
    }

    [Fact]
    public async Task Concurrent_callers_share_one_fetch()
    {
        await using var bench = new ApiBench();
        var gate = new TaskCompletionSource();
        bench.Gate = gate.Task;

        var reading = Enumerable.Range(0, 20).Select(_ => bench.ReadAsync()).ToArray();
        gate.SetResult();
        await Task.WhenAll(reading);

        bench.TokenRequests.Count().ShouldBe(1);
        bench.DataRequests.Count().ShouldBe(20);
    }

    [Fact]
    public async Task Caller_who_gives_up_does_not_end_the_fetch_of_the_others()
    {
        await using var bench = new ApiBench();
        var gate = new TaskCompletionSource();
        bench.Gate = gate.Task;
        using var impatient = new CancellationTokenSource();

        var givenUp = bench.ReadAsync(impatient.Token);
        var patient = bench.ReadAsync();
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => givenUp);
        gate.SetResult();
        await patient;

        bench.TokenRequests.Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("\"1000\"", 1000)]
    [InlineData("1000", 1000)]
    [InlineData("\"\"", 300)]
    [InlineData("null", 300)]
    [InlineData("0", 300)]
    [InlineData("\"-5\"", 300)]
    [InlineData("\"soon\"", 300)]
    [InlineData("{}", 300)]
    [InlineData("1e300", 86400)]
    [InlineData("\"99999999999999999999\"", 86400)]
    public async Task Token_is_renewed_at_80_percent_of_its_life(string expiresIn, int lifeInSeconds)
    {
        var tokens = 0;
        await using var bench = new ApiBench { Token = _ => Reply.Token($"T{++tokens}", expiresIn) };
        await bench.ReadAsync();

        bench.Time.Advance(TimeSpan.FromSeconds((lifeInSeconds * 0.8) - 1));
        await bench.ReadAsync();
        bench.TokenRequests.Count().ShouldBe(1);

        bench.Time.Advance(TimeSpan.FromSeconds(1));
        await bench.ReadAsync();
        bench.TokenRequests.Count().ShouldBe(2);
        bench.DataRequests.Select(request => request.Header("Authorization")).ShouldBe(["T1", "T1", "T2"]);
    }

    [Fact]
    public async Task Clock_set_back_renews_the_token()
    {
        await using var bench = new ApiBench();
        await bench.ReadAsync();

        bench.Time.Advance(TimeSpan.FromHours(-1));
        await bench.ReadAsync();

        bench.TokenRequests.Count().ShouldBe(2);
    }

    [Fact]
    public async Task Token_turned_down_is_renewed_once_and_the_request_repeated()
    {
        await using var bench = new ApiBench();
        bench.Data = request => request.Header("Authorization") == "TOKEN-1" ? NotValid : Reply.Feed("{}");

        (await bench.ReadAsync()).Count.ShouldBe(1);
        (await bench.ReadAsync()).Count.ShouldBe(1);

        bench
            .DataRequests.Select(request => request.Header("Authorization"))
            .ShouldBe(["TOKEN-1", "TOKEN-2", "TOKEN-2"]);
        bench.TokenRequests.Count().ShouldBe(2);
    }

    [Fact]
    public async Task Token_that_worked_and_is_turned_down_later_is_renewed_again()
    {
        var valid = "TOKEN-2";
        await using var bench = new ApiBench();
        bench.Data = request => request.Header("Authorization") == valid ? Reply.Feed() : NotValid;
        await bench.ReadAsync();

        valid = "TOKEN-3";
        await bench.ReadAsync();

        bench.TokenRequests.Count().ShouldBe(3);
    }

    [Fact]
    public async Task Every_token_turned_down_is_a_configuration_fault_without_a_storm()
    {
        await using var bench = new ApiBench { Data = _ => NotValid };

        var failure = await bench.FailAsync();
        failure.Kind.ShouldBe(ApiFailureKind.Configuration);
        failure.ErrorCode.ShouldBe(123);
        failure.HttpStatus.ShouldBe(200);
        bench.TokenRequests.Count().ShouldBe(2);
        bench.DataRequests.Count().ShouldBe(2);

        (await bench.FailAsync()).Kind.ShouldBe(ApiFailureKind.Configuration);
        (await bench.FailAsync()).Kind.ShouldBe(ApiFailureKind.Configuration);
        bench.TokenRequests.Count().ShouldBe(2);

        bench.Time.Advance(AccessTokens.Pause);
        await bench.FailAsync();
        bench.TokenRequests.Count().ShouldBe(3);
    }

    [Fact]
    public async Task Concurrent_rejections_of_one_token_force_one_renewal()
    {
        await using var bench = new ApiBench();
        await bench.ReadAsync();
        bench.Data = request => request.Header("Authorization") == "TOKEN-1" ? NotValid : Reply.Feed();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => bench.ReadAsync()));

        bench.TokenRequests.Count().ShouldBe(2);
    }

    [Fact]
    public async Task Refused_credentials_are_a_configuration_fault_and_not_asked_again_for_a_while()
    {
        await using var bench = new ApiBench { Token = _ => WrongCredentials };

        var first = await bench.FailAsync();
        first.Kind.ShouldBe(ApiFailureKind.Configuration);
        first.Operation.ShouldBe("fetching an access token");
        first.Hint.ShouldContain("ClientSecret");

        bench.Time.Advance(AccessTokens.Pause - TimeSpan.FromSeconds(1));
        (await bench.FailAsync()).Message.ShouldBe(first.Message);
        bench.TokenRequests.Count().ShouldBe(1);

        bench.Time.Advance(TimeSpan.FromSeconds(1));
        await bench.FailAsync();
        bench.TokenRequests.Count().ShouldBe(2);
        bench.DataRequests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Token_endpoint_that_asks_to_wait_is_left_alone_as_long()
    {
        await using var bench = new ApiBench { Token = _ => Reply.Json("{}", 429, "Retry-After: 100") };

        (await bench.FailAsync()).RetryAfter.ShouldBe(TimeSpan.FromSeconds(100));
        bench.Time.Advance(TimeSpan.FromSeconds(40));
        (await bench.FailAsync()).RetryAfter.ShouldBe(TimeSpan.FromSeconds(60));
        bench.TokenRequests.Count().ShouldBe(1);

        bench.Time.Advance(TimeSpan.FromSeconds(60));
        await bench.FailAsync();
        bench.TokenRequests.Count().ShouldBe(2);
    }

    [Fact]
    public async Task Living_token_is_used_while_the_token_endpoint_is_down()
    {
        await using var bench = new ApiBench { Token = _ => Reply.Token("T1", "\"1000\"") };
        await bench.ReadAsync();
        bench.Token = _ => Reply.Html("down", 502);

        bench.Time.Advance(TimeSpan.FromSeconds(800));
        await bench.ReadAsync();
        await bench.ReadAsync();
        bench.TokenRequests.Count().ShouldBe(2);
        bench.Logged.ShouldContain(line => line.StartsWith("Warning 1005", StringComparison.Ordinal));

        bench.Time.Advance(TimeSpan.FromSeconds(200));
        var failure = await bench.FailAsync();
        failure.Kind.ShouldBe(ApiFailureKind.Transient);
        failure.Operation.ShouldBe("fetching an access token");
    }

    [Theory]
    [InlineData("""{"status":"success","data":{"access_token":"UNKNOWN-1"}}""", "accessToken is missing")]
    [InlineData("""{"status":"success","data":{"accessToken":7}}""", "accessToken is missing")]
    [InlineData("""{"status":"success","data":{"accessToken":"a\r\nX: UNKNOWN-1"}}""", "no header can carry")]
    [InlineData("""{"access_token":"UNKNOWN-1"}""", "has no data")]
    [InlineData("access_token=UNKNOWN-1", "not JSON")]
    public async Task Token_answer_of_another_shape_is_a_contract_fault_and_is_not_quoted(string body, string found)
    {
        await using var bench = new ApiBench { Token = _ => Reply.Json(body) };

        var failure = await bench.FailAsync();

        failure.Kind.ShouldBe(ApiFailureKind.Contract);
        failure.Message.ShouldContain(found);
        failure.ToString().ShouldNotContain("UNKNOWN-1");
    }
}
