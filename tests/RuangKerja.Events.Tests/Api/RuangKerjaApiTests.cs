using System.Text;
using RuangKerja.Events.Api;

namespace RuangKerja.Events.Tests.Api;

public sealed partial class RuangKerjaApiTests
{
    [Fact]
    public async Task Documented_feed_gives_its_rows()
    {
        await using var bench = new ApiBench { Data = _ => Reply.Json(UpstreamSample.Read("user-course-status.json")) };

        var rows = await bench.ReadAsync();

        rows.Count.ShouldBe(2);
        rows.ShouldAllBe(row => row.AssignedCourseSerial == "ASGC-EXAMPLE1" && row.EmployeeId == "ID-1234");
        rows.ShouldAllBe(row => row.Malformations.Count == 0);
        rows.Select(row => row.CourseName).ShouldBe(["Example Course One", "Example Course Two"]);
        rows.Select(row => row.Status).ShouldBe(["completed", "in_progress"]);
        rows.Select(row => row.CompletedAt).ShouldBe(["2019-10-12T14:20:50+07:00", ""]);
        rows.Select(row => row.UpdatedAt).ShouldBe(["2019-10-12T14:20:50+07:00", "2019-10-12T14:25:00+07:00"]);
    }

    [Fact]
    public async Task Feed_request_goes_out_as_documented()
    {
        await using var bench = new ApiBench();

        await bench.ReadAsync();

        var request = bench.DataRequests.ShouldHaveSingleItem();
        request.RequestLine.ShouldBe(
            "GET /ruangkerja/dashboard/user-course-status"
                + "?startTimestamp=2019-10-12T14%3A20%3A50%2B07%3A00&endTimestamp=2019-10-12T15%3A00%3A00%2B07%3A00 HTTP/1.1"
        );
        request.Header("Authorization").ShouldBe("TOKEN-1");
        request.Header("Accept").ShouldBe("application/json");
        request.Header("Content-Type").ShouldBe("application/json");
        request.Body.ShouldBeEmpty();
    }

    [Fact]
    public async Task Token_request_goes_out_as_documented()
    {
        await using var bench = new ApiBench();

        await bench.ReadAsync();

        var request = bench.TokenRequests.ShouldHaveSingleItem();
        request.RequestLine.ShouldBe("POST /oauth/token HTTP/1.1");
        request.Header("Authorization").ShouldBeNull();
        request.Header("Content-Type").ShouldBe("application/json");
        using var body = System.Text.Json.JsonDocument.Parse(request.Body);
        body.RootElement.EnumerateObject()
            .Select(property => (property.Name, property.Value.GetString()))
            .ShouldBe([
                ("clientID", "client-1"),
                ("clientSecret", ApiBench.Secret),
                ("grantType", "client_credentials"),
            ]);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/base")]
    [InlineData("/base/")]
    public async Task Base_address_with_a_path_is_kept(string path)
    {
        await using var bench = new ApiBench(options => options with { BaseUrl = new(options.BaseUrl, path) });

        await bench.ReadAsync();

        var prefix = path.TrimEnd('/');
        bench.TokenRequests.Single().RequestLine.ShouldStartWith($"POST {prefix}/oauth/token ");
        bench.DataRequests.Single().RequestLine.ShouldStartWith($"GET {prefix}/ruangkerja/dashboard/");
    }

    [Fact]
    public async Task Deadline_passed_is_transient_and_a_narrower_window_may_help()
    {
        await using var bench = new ApiBench();
        await bench.ReadAsync();
        bench.Gate = new TaskCompletionSource().Task;

        var reading = bench.FailAsync();
        await FakeTime.UntilAsync(() => bench.DataRequests.Count() == 2);
        bench.Time.Advance(TimeSpan.FromSeconds(29));
        reading.IsCompleted.ShouldBeFalse();
        bench.Time.Advance(TimeSpan.FromSeconds(1));

        var failure = await reading;
        failure.Kind.ShouldBe(ApiFailureKind.Transient);
        failure.NarrowerWindowMayHelp.ShouldBeTrue();
        failure.Message.ShouldContain("within 00:00:30");
    }

    [Fact]
    public async Task Cancelled_caller_gets_a_cancellation()
    {
        await using var bench = new ApiBench();
        await bench.ReadAsync();
        bench.Gate = new TaskCompletionSource().Task;
        using var caller = new CancellationTokenSource();

        var reading = bench.ReadAsync(caller.Token);
        await FakeTime.UntilAsync(() => bench.DataRequests.Count() == 2);
        await caller.CancelAsync();

        var cancelled = await Should.ThrowAsync<OperationCanceledException>(() => reading);
        cancelled.CancellationToken.ShouldBe(caller.Token);
    }

    [Fact]
    public async Task Answer_over_the_limit_is_refused_though_its_length_is_not_announced()
    {
        await using var bench = new ApiBench(options => options with { MaxAnswerBytes = 2000 });
        var fits = """{"data":[]}""".PadRight(2000);

        bench.Data = _ => Reply.Unannounced(fits);
        (await bench.ReadAsync()).ShouldBeEmpty();

        bench.Data = _ => Reply.Unannounced(fits + " ");
        var failure = await bench.FailAsync();
        failure.Kind.ShouldBe(ApiFailureKind.Contract);
        failure.NarrowerWindowMayHelp.ShouldBeTrue();
        failure.Message.ShouldContain("larger than is read");
    }

    [Fact]
    public async Task Answer_over_the_limit_once_unpacked_is_refused()
    {
        await using var bench = new ApiBench(options => options with { MaxAnswerBytes = 2000 });
        using var packed = new MemoryStream();
        await using (
            var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal)
        )
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes("""{"data":[]}""".PadRight(100_000)));
        }

        packed.ToArray().Length.ShouldBeLessThan(2000);
        bench.Data = _ => Reply.Of(packed.ToArray(), 200, "application/json", "Content-Encoding: gzip");

        (await bench.FailAsync()).Message.ShouldContain("larger than is read");
    }

    [Fact]
    public async Task Malformed_rows_are_counted_in_the_log_without_their_contents()
    {
        await using var bench = new ApiBench
        {
            Data = _ => Reply.Feed("""{"employeeID":4711,"courseName":"Private"}"""),
        };

        (await bench.ReadAsync()).ShouldHaveSingleItem().Malformations.ShouldNotBeEmpty();

        bench.Logged.ShouldContain(line => line.StartsWith("Warning 1002 1 of 1 feed rows", StringComparison.Ordinal));
        bench.Logged.ShouldAllBe(line => !line.Contains("4711") && !line.Contains("Private"));
    }

    [Fact]
    public void Window_that_ends_before_it_begins_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new FeedWindow(ApiBench.Window.To, ApiBench.Window.From));
}
