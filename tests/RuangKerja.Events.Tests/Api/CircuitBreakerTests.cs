using RuangKerja.Events.Api;

namespace RuangKerja.Events.Tests.Api;

public sealed class CircuitBreakerTests
{
    private static readonly Reply Down = Reply.Html("down", 502);

    [Fact]
    public async Task Api_that_keeps_failing_is_left_alone_for_a_while()
    {
        await using var bench = await OpenAsync();
        bench.Time.Advance(TimeSpan.FromSeconds(10));

        var failure = await bench.FailAsync();

        failure.Kind.ShouldBe(ApiFailureKind.Transient);
        failure.RetryAfter.ShouldBe(ApiRetries.Break - TimeSpan.FromSeconds(10));
        failure.Message.ShouldContain("failed too often of late and is left alone for 00:00:20");
        failure.Message.ShouldContain("the last failure was: HTTP 502 (text/html, 4 bytes): \"down\"");
        bench.DataRequests.Count().ShouldBe(ApiRetries.FewestAttempts);
        bench.Logged.ShouldContain(line => line.StartsWith("Warning 1008 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Attempt_after_the_break_that_succeeds_closes_the_circuit()
    {
        await using var bench = await OpenAsync();
        bench.Data = _ => Reply.Feed();
        bench.Time.Advance(ApiRetries.Break);

        await bench.ReadAsync();
        await bench.ReadAsync();

        bench.DataRequests.Count().ShouldBe(ApiRetries.FewestAttempts + 2);
        bench.Logged.ShouldContain(line => line.StartsWith("Information 1009 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Attempt_after_the_break_that_fails_opens_it_again()
    {
        await using var bench = await OpenAsync();
        bench.Time.Advance(ApiRetries.Break);

        (await bench.FailAsync()).HttpStatus.ShouldBe(502);
        (await bench.FailAsync()).RetryAfter.ShouldBe(ApiRetries.Break);

        bench.DataRequests.Count().ShouldBe(ApiRetries.FewestAttempts + 1);
    }

    [Fact]
    public async Task Roster_that_keeps_failing_keeps_nobody_from_the_feed()
    {
        await using var bench = new ApiBench
        {
            Data = request =>
                request.RequestLine.Contains("/online/users", StringComparison.Ordinal) ? Down : Reply.Feed(),
        };
        for (var i = 0; i <= ApiRetries.FewestAttempts; i++)
            await Should.ThrowAsync<RuangKerjaApiException>(() => bench.ReadRosterAsync());

        await bench.ReadAsync();

        bench
            .DataRequests.Count()
            .ShouldBe(ApiRetries.FewestAttempts + 1, "the last roster was not asked for, the feed was");
    }

    [Fact]
    public async Task Only_one_attempt_goes_out_when_the_break_ends()
    {
        await using var bench = await OpenAsync();
        bench.Time.Advance(ApiRetries.Break);
        bench.Data = _ => Reply.Feed();
        var gate = new TaskCompletionSource();
        bench.Gate = gate.Task;

        var first = bench.ReadAsync();
        await FakeTime.UntilAsync(() => bench.DataRequests.Count() == ApiRetries.FewestAttempts + 1);
        (await bench.FailAsync()).RetryAfter.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
        gate.SetResult();
        await first;

        bench.DataRequests.Count().ShouldBe(ApiRetries.FewestAttempts + 1);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(400)]
    [InlineData(407)]
    public async Task Failure_of_another_kind_does_not_open_it(int status)
    {
        await using var bench = new ApiBench { Data = _ => Reply.Json("{}", status) };

        for (var i = 0; i < ApiRetries.FewestAttempts * 2; i++)
        {
            (await bench.FailAsync()).HttpStatus.ShouldBe(status);
        }

        bench.DataRequests.Count().ShouldBe(ApiRetries.FewestAttempts * 2);
    }

    [Fact]
    public async Task Single_failures_far_apart_do_not_open_it()
    {
        await using var bench = new ApiBench { Data = _ => Down };

        for (var i = 0; i < ApiRetries.FewestAttempts * 2; i++)
        {
            (await bench.FailAsync()).HttpStatus.ShouldBe(502);
            bench.Time.Advance(TimeSpan.FromSeconds(40));
        }
    }

    [Fact]
    public async Task Open_circuit_is_not_retried_within_the_reading()
    {
        await using var bench = await OpenAsync(retries: 3);

        (await bench.FailAsync()).Message.ShouldContain("left alone");

        bench.DataRequests.Count().ShouldBe(ApiRetries.FewestAttempts);
    }

    /// <summary>A client whose circuit has just opened.</summary>
    private static async Task<ApiBench> OpenAsync(int retries = 0)
    {
        var bench = new ApiBench(options => options with { Retries = retries }) { Data = _ => Down };
        for (var attempts = 0; attempts < ApiRetries.FewestAttempts; )
        {
            var reading = bench.FailAsync();
            for (var retry = 0; retry < retries && attempts + 1 < ApiRetries.FewestAttempts; retry++, attempts++)
            {
                await bench.PassPauseAsync(TimeSpan.FromSeconds(5));
            }

            attempts++;
            if (attempts == ApiRetries.FewestAttempts && retries > 0)
            {
                await bench.PassPauseAsync(TimeSpan.FromSeconds(5));
            }

            await reading;
        }

        return bench;
    }
}
