using RuangKerja.Events.Api;

namespace RuangKerja.Events.Tests.Api;

public sealed class ApiRetriesTests
{
    private static readonly Reply Down = Reply.Html("down", 502);

    [Fact]
    public async Task Failure_that_passes_is_not_noticed_but_in_the_log()
    {
        await using var bench = Retrying();
        bench.Data = Replies(Down, Reply.Feed("{}").CutBy(1), Reply.Feed("{}"));

        var reading = bench.ReadAsync();
        (await bench.PassPauseAsync(TimeSpan.FromSeconds(2))).TotalSeconds.ShouldBeInRange(0.5, 1);
        (await bench.PassPauseAsync(TimeSpan.FromSeconds(3))).TotalSeconds.ShouldBeInRange(1, 2);

        (await reading).Count.ShouldBe(1);
        bench.DataRequests.Count().ShouldBe(3);
        bench.Logged.Count(line => line.StartsWith("Warning 1007 ", StringComparison.Ordinal)).ShouldBe(2);
        bench.Logged.ShouldContain(line =>
            line.Contains("(1 of 3), reading the feed from 2019-10-12T14:20:50+07:00") && line.Contains(": HTTP 502 ")
        );
    }

    [Fact]
    public async Task Connection_that_dies_in_the_middle_is_asked_anew_and_gives_each_row_once()
    {
        string[] items = [.. Enumerable.Range(0, 5000).Select(i => $$"""{"employeeID":"ID-{{i}}"}""")];
        await using var bench = Retrying();
        bench.Data = Replies(Reply.Feed(items).CutBy(20_000), Reply.Feed(items));

        var reading = bench.ReadAsync();
        await bench.PassPauseAsync(TimeSpan.FromSeconds(2));

        (await reading).Select(row => row.EmployeeId).ShouldBe(Enumerable.Range(0, 5000).Select(i => $"ID-{i}"));
        bench.DataRequests.Count().ShouldBe(2);
    }

    [Fact]
    public async Task Failure_that_stays_is_told_after_the_last_retry()
    {
        await using var bench = Retrying();
        bench.Data = _ => Down;

        var reading = bench.FailAsync();
        for (var retry = 0; retry < 3; retry++)
        {
            await bench.PassPauseAsync(TimeSpan.FromSeconds(5));
        }

        var failure = await reading;
        failure.Kind.ShouldBe(ApiFailureKind.Transient);
        failure.HttpStatus.ShouldBe(502);
        bench.DataRequests.Count().ShouldBe(4);
    }

    [Theory]
    [InlineData(400, """{"errorCode":400,"message":"BAD_REQUEST"}""", ApiFailureKind.Contract, 1)]
    [InlineData(404, "<html>", ApiFailureKind.Contract, 1)]
    [InlineData(200, """{"data":{}}""", ApiFailureKind.Contract, 1)]
    [InlineData(200, "<html>", ApiFailureKind.Contract, 1)]
    [InlineData(407, "<html>", ApiFailureKind.Configuration, 1)]
    [InlineData(401, "<html>", ApiFailureKind.Configuration, 2)]
    public async Task What_does_not_pass_by_itself_is_not_retried(
        int status,
        string body,
        ApiFailureKind kind,
        int requests
    )
    {
        await using var bench = Retrying();
        bench.Data = _ => Reply.Html(body, status);

        (await bench.FailAsync()).Kind.ShouldBe(kind);

        bench.DataRequests.Count().ShouldBe(requests);
        bench.Logged.ShouldNotContain(line => line.StartsWith("Warning 1007 ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("200", 200)]
    [InlineData("Mon, 06 May 2024 07:11:09 GMT", 180)]
    [InlineData("999999", 900)]
    [InlineData("Tue, 07 May 2024 07:08:09 GMT", 900)]
    public async Task Asked_for_wait_is_kept_to_the_cap(string retryAfter, int seconds)
    {
        await using var bench = Retrying(options =>
            options with
            {
                AttemptTimeout = TimeSpan.FromMinutes(20),
                TotalTimeout = TimeSpan.FromHours(1),
            }
        );
        bench.Data = Replies(Reply.Json("{}", 429, $"Retry-After: {retryAfter}"), Reply.Feed());

        var reading = bench.ReadAsync();

        (await bench.PassPauseAsync(TimeSpan.FromMinutes(16))).ShouldBe(TimeSpan.FromSeconds(seconds));
        (await reading).ShouldBeEmpty();
    }

    [Fact]
    public async Task Wait_shorter_than_the_pause_does_not_shorten_it()
    {
        await using var bench = Retrying();
        bench.Data = Replies(Reply.Json("{}", 429, "Retry-After: 0"), Reply.Feed());

        var reading = bench.ReadAsync();

        (await bench.PassPauseAsync(TimeSpan.FromSeconds(2))).ShouldBeGreaterThan(TimeSpan.FromSeconds(0.4));
        await reading;
    }

    [Theory]
    [InlineData(29, 2)]
    [InlineData(30, 1)]
    public async Task Retry_that_does_not_fit_into_the_total_time_is_not_begun(int retryAfter, int requests)
    {
        // 29 s to wait and 91 s for the attempt are the two minutes there are.
        await using var bench = Retrying(options => options with { AttemptTimeout = TimeSpan.FromSeconds(91) });
        bench.Data = Replies(Reply.Json("{}", 429, $"Retry-After: {retryAfter}"), Reply.Json("{}", 400));

        var reading = bench.FailAsync();
        if (requests > 1)
        {
            await bench.PassPauseAsync(TimeSpan.FromSeconds(31));
        }

        var failure = await reading;
        bench.DataRequests.Count().ShouldBe(requests);
        failure.RetryAfter.ShouldBe(requests > 1 ? null : TimeSpan.FromSeconds(retryAfter));
    }

    [Fact]
    public async Task Total_time_ends_the_reading_though_the_attempt_has_time_left()
    {
        await using var bench = Retrying(options => options with { TotalTimeout = TimeSpan.FromSeconds(20) });
        await bench.ReadAsync();
        bench.Gate = new TaskCompletionSource().Task;

        var reading = bench.FailAsync();
        await FakeTime.UntilAsync(() => bench.DataRequests.Count() == 2);
        bench.Time.Advance(TimeSpan.FromSeconds(20) - TimeSpan.FromTicks(1));
        reading.IsCompleted.ShouldBeFalse();
        bench.Time.Advance(TimeSpan.FromTicks(1));

        var failure = await reading;
        failure.Kind.ShouldBe(ApiFailureKind.Transient);
        failure.Message.ShouldContain("no complete answer within 00:00:20 in all");
    }

    [Fact]
    public async Task Total_time_ends_the_wait_for_a_turn()
    {
        await using var bench = Retrying(options => options with { RequestsPerSecond = 0.001 });
        var reading = bench.FailAsync();
        await FakeTime.UntilAsync(() => bench.Logged.Any(line => line.Contains("Access token fetched")));

        bench.Time.Advance(TimeSpan.FromMinutes(2));

        (await reading).Hint.ShouldContain("Polling:RequestsPerSecond");
        bench.DataRequests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancelled_caller_does_not_sit_out_the_pause()
    {
        await using var bench = Retrying();
        bench.Data = _ => Down;
        using var caller = new CancellationTokenSource();
        var reading = bench.ReadAsync(caller.Token);
        await FakeTime.UntilAsync(() => bench.Time.UntilNextTimer < TimeSpan.FromSeconds(2));

        await caller.CancelAsync();

        (await Should.ThrowAsync<OperationCanceledException>(() => reading)).CancellationToken.ShouldBe(caller.Token);
        bench.DataRequests.Count().ShouldBe(1);
    }

    [Fact]
    public async Task Token_endpoint_that_comes_back_is_not_noticed()
    {
        await using var bench = Retrying();
        bench.Token = Replies(Down, Reply.Token("T1"));

        var reading = bench.ReadAsync();
        await bench.PassPauseAsync(TimeSpan.FromSeconds(2));

        await reading;
        bench.TokenRequests.Count().ShouldBe(2);
        bench.DataRequests.Count().ShouldBe(1);
    }

    [Fact]
    public async Task Retry_after_a_renewal_does_not_renew_again()
    {
        await using var bench = Retrying(options =>
            options with
            {
                AttemptTimeout = TimeSpan.FromMinutes(2),
                TotalTimeout = TimeSpan.FromHours(1),
            }
        );
        var turnedDown = Reply.Json(UpstreamSample.Read("failure-permission-denied.json"));
        bench.Data = Replies(turnedDown, Reply.Json("{}", 429, "Retry-After: 60"), turnedDown);

        var reading = bench.FailAsync();
        await bench.PassPauseAsync(TimeSpan.FromSeconds(61));

        (await reading).Kind.ShouldBe(ApiFailureKind.Configuration);
        bench.TokenRequests.Count().ShouldBe(2);
        bench.DataRequests.Count().ShouldBe(3);
    }

    [Fact]
    public async Task Retries_take_turns_like_all_requests()
    {
        // One request in two seconds: the token takes the first turn, the feed the next, its retry the one after that.
        await using var bench = Retrying(options => options with { RequestsPerSecond = 0.5 });
        bench.Data = Replies(Down, Reply.Feed());

        var reading = bench.ReadAsync();
        (await bench.PassPauseAsync(TimeSpan.FromSeconds(3))).ShouldBe(TimeSpan.FromSeconds(2));
        var pause = await bench.PassPauseAsync(TimeSpan.FromSeconds(1.1));
        var turn = await bench.PassPauseAsync(TimeSpan.FromSeconds(3));

        (pause + turn).TotalSeconds.ShouldBe(2, tolerance: 0.002);
        await reading;
    }

    [Fact]
    public async Task Concurrent_callers_share_the_rate()
    {
        await using var bench = new ApiBench(options => options with { RequestsPerSecond = 3 });
        await bench.ReadAsync();

        var reading = Enumerable.Range(0, 3).Select(_ => bench.ReadAsync()).ToArray();
        await FakeTime.UntilAsync(() => bench.DataRequests.Count() == 2);
        for (var rest = 2; rest > 0; rest--)
        {
            (await bench.PassPauseAsync(TimeSpan.FromSeconds(1))).TotalSeconds.ShouldBe(1 / 3d, tolerance: 0.001);
        }

        await Task.WhenAll(reading);
        bench.DataRequests.Count().ShouldBe(4);
    }

    private static ApiBench Retrying(Func<ApiOptions, ApiOptions>? with = null) =>
        new(options => (with ?? (same => same))(options with { Retries = 3 }));

    /// <summary>One reply after the other, the last one for ever.</summary>
    private static Func<ReceivedRequest, Reply> Replies(params Reply[] replies)
    {
        var next = 0;
        return _ => replies[Math.Min(next++, replies.Length - 1)];
    }
}
