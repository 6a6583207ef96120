using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Api;

namespace RuangKerja.Events.Tests.Api;

public sealed class ApiFailuresTests
{
    [Theory]
    [InlineData(200, 123, "rpc error: code = PermissionDenied desc = Token is not valid", ApiFailureKind.Configuration)]
    [InlineData(500, 16, "rpc error: code = Unauthenticated desc = x", ApiFailureKind.Configuration)]
    [InlineData(200, 401, "UNAUTHORIZED", ApiFailureKind.Configuration)]
    [InlineData(200, 403, "no", ApiFailureKind.Configuration)]
    [InlineData(200, 8, "rpc error: code = ResourceExhausted desc = slow down", ApiFailureKind.Throttled)]
    [InlineData(200, 429, "no", ApiFailureKind.Throttled)]
    [InlineData(429, 400, "BAD_REQUEST", ApiFailureKind.Throttled)]
    [InlineData(200, 14, "rpc error: code = Unavailable desc = x", ApiFailureKind.Transient)]
    [InlineData(400, 4, "rpc error: code = DeadlineExceeded desc = x", ApiFailureKind.Transient)]
    [InlineData(200, 10, "rpc error: code = Aborted desc = x", ApiFailureKind.Transient)]
    [InlineData(200, 13, "rpc error: code = Internal desc = x", ApiFailureKind.Transient)]
    [InlineData(200, 2, "rpc error: code = Unknown desc = x", ApiFailureKind.Transient)]
    [InlineData(200, 500, "INTERNAL_SERVER_ERROR", ApiFailureKind.Transient)]
    [InlineData(200, 400, "BAD_REQUEST", ApiFailureKind.Contract)]
    [InlineData(500, 3, "rpc error: code = InvalidArgument desc = x", ApiFailureKind.Contract)]
    [InlineData(200, 404, "no", ApiFailureKind.Contract)]
    [InlineData(200, 0, "never heard of", ApiFailureKind.Contract)]
    public async Task Failure_body_is_of_its_kind(int status, int errorCode, string message, ApiFailureKind kind)
    {
        var body = $$$"""{"errorCode":{{{errorCode}}},"message":"{{{message}}}","data":{"items":[]}}""";
        await using var bench = new ApiBench { Data = _ => Reply.Json(body, status) };

        var failure = await bench.FailAsync();

        failure.Kind.ShouldBe(kind);
        failure.HttpStatus.ShouldBe(status);
        failure.ErrorCode.ShouldBe(errorCode);
        failure.Message.ShouldContain(message);
        failure.Operation.ShouldBe("reading the feed from 2019-10-12T14:20:50+07:00 to 2019-10-12T15:00:00+07:00");
        failure.Hint.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("failure-bad-request.json", 400, ApiFailureKind.Contract)]
    [InlineData("failure-bad-request.json", 200, ApiFailureKind.Contract)]
    [InlineData("failure-permission-denied.json", 403, ApiFailureKind.Configuration)]
    [InlineData("failure-permission-denied.json", 200, ApiFailureKind.Configuration)]
    public async Task Documented_failure_is_of_its_kind(string sample, int status, ApiFailureKind kind)
    {
        await using var bench = new ApiBench { Data = _ => Reply.Json(UpstreamSample.Read(sample), status) };

        (await bench.FailAsync()).Kind.ShouldBe(kind);
    }

    [Theory]
    [InlineData(301, ApiFailureKind.Contract)]
    [InlineData(302, ApiFailureKind.Contract)]
    [InlineData(400, ApiFailureKind.Contract)]
    [InlineData(401, ApiFailureKind.Configuration)]
    [InlineData(403, ApiFailureKind.Configuration)]
    [InlineData(404, ApiFailureKind.Contract)]
    [InlineData(407, ApiFailureKind.Configuration)]
    [InlineData(408, ApiFailureKind.Transient)]
    [InlineData(429, ApiFailureKind.Throttled)]
    [InlineData(500, ApiFailureKind.Transient)]
    [InlineData(502, ApiFailureKind.Transient)]
    [InlineData(503, ApiFailureKind.Transient)]
    [InlineData(504, ApiFailureKind.Transient)]
    public async Task Foreign_page_is_judged_by_its_status_and_quoted(int status, ApiFailureKind kind)
    {
        await using var bench = new ApiBench();
        bench.Data = _ =>
            Reply.Html("<html>\u001b[2J gateway\r\n says no", status, "Location: http://elsewhere.example/");

        var failure = await bench.FailAsync();

        failure.Kind.ShouldBe(kind);
        failure.Message.ShouldContain(
            status < 400 ? "a redirect to http://elsewhere.example/" : "<html> [2J gateway   says no"
        );
        failure.Message.ShouldNotContain('\u001b');
    }

    [Fact]
    public async Task Unavailable_with_a_time_to_wait_is_throttled()
    {
        await using var bench = new ApiBench { Data = _ => Reply.Html("busy", 503, "Retry-After: 7") };

        var failure = await bench.FailAsync();

        failure.Kind.ShouldBe(ApiFailureKind.Throttled);
        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task Inner_answer_outgrown_is_no_throttling_and_a_narrower_window_may_help()
    {
        await using var bench = new ApiBench();
        bench.Data = _ =>
            Reply.Json(
                """{"errorCode":8,"message":"rpc error: code = ResourceExhausted desc = grpc: received message larger than max (5 vs. 4)"}"""
            );

        var failure = await bench.FailAsync();

        failure.Kind.ShouldBe(ApiFailureKind.Contract);
        failure.NarrowerWindowMayHelp.ShouldBeTrue();
    }

    [Theory]
    [InlineData(404, 404, "rpc error: code = NotFound desc = Course has no online activity")]
    [InlineData(404, 123, "Course not found")]
    [InlineData(200, 5, "rpc error: code = NotFound desc = x")]
    [InlineData(200, 123, "rpc error: code = InvalidArgument desc = x")]
    [InlineData(500, 123, "rpc error: code = FailedPrecondition desc = x")]
    [InlineData(200, 400, "BAD_REQUEST")]
    [InlineData(422, 0, "no")]
    public async Task Request_that_the_api_itself_refuses_is_told_and_asked_once(int status, int errorCode, string said)
    {
        await using var bench = new ApiBench(options => options with { Retries = 3 });
        bench.Data = _ => Reply.Json($$$"""{"errorCode":{{{errorCode}}},"message":"{{{said}}}"}""", status);

        var failure = await bench.FailRosterAsync();

        failure.IsRefusal.ShouldBeTrue();
        failure.Kind.ShouldBe(ApiFailureKind.Contract);
        failure.Operation.ShouldBe("reading page 1 of the roster of course \"COURSE-1\"");
        failure.Message.ShouldContain(said);
        failure.Hint.ShouldStartWith("Asking again brings the same");
        bench.DataRequests.Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(200, """{"errorCode":123,"message":"rpc error: code = PermissionDenied desc = x"}""")]
    [InlineData(404, """{"errorCode":404,"message":"rpc error: code = Unauthenticated desc = x"}""")]
    [InlineData(200, """{"errorCode":404,"message":"rpc error: code = Unavailable desc = NotFound"}""")]
    [InlineData(200, """{"errorCode":8,"message":"rpc error: code = ResourceExhausted desc = x"}""")]
    [InlineData(429, """{"errorCode":400,"message":"BAD_REQUEST"}""")]
    [InlineData(500, """{"errorCode":500,"message":"INTERNAL_SERVER_ERROR"}""")]
    [InlineData(200, """{"errorCode":0,"message":"never heard of"}""")]
    [InlineData(200, """{"errorCode":12,"message":"rpc error: code = Unimplemented desc = x"}""")]
    [InlineData(405, """{"errorCode":405,"message":"Method not allowed"}""")]
    [InlineData(404, """{"message":"no Route matched with those values"}""")]
    [InlineData(404, "<html>not found")]
    [InlineData(404, "")]
    [InlineData(400, "<html>bad request")]
    [InlineData(200, """{"data":{}}""")]
    [InlineData(200, "<html>")]
    public async Task What_says_nothing_about_this_request_is_no_refusal(int status, string body)
    {
        await using var bench = new ApiBench { Data = _ => Reply.Json(body, status) };

        (await bench.FailRosterAsync()).IsRefusal.ShouldBeFalse();
    }

    [Theory]
    [InlineData(413, "<html>")]
    [InlineData(504, "<html>")]
    [InlineData(200, """{"errorCode":4,"message":"rpc error: code = DeadlineExceeded desc = x"}""")]
    [InlineData(200, """{"errorCode":8,"message":"grpc: received message larger than max (5 vs. 4)"}""")]
    [InlineData(200, """{"data":{"totalItems":2,"items":[{}]}}""")]
    [InlineData(200, """{"data":{"totalPage":2,"items":[{}]}}""")]
    public async Task Narrower_window_may_help_the_feed_alone(int status, string body)
    {
        await using var bench = new ApiBench { Data = _ => Reply.Json(body, status) };

        (await bench.FailAsync()).NarrowerWindowMayHelp.ShouldBeTrue();
        if (!body.Contains("data"))
        {
            var failure = await bench.FailRosterAsync();
            failure.NarrowerWindowMayHelp.ShouldBeFalse();
            failure.Message.ShouldNotContain("window");
        }
    }

    [Fact]
    public async Task Status_other_than_success_is_a_failure()
    {
        await using var bench = new ApiBench { Data = _ => Reply.Json("""{"status":"error","data":{"items":[]}}""") };

        (await bench.FailAsync()).Kind.ShouldBe(ApiFailureKind.Contract);
    }

    [Fact]
    public async Task Page_with_200_is_a_contract_fault()
    {
        await using var bench = new ApiBench { Data = _ => Reply.Html($"<html>{new string('x', 500)}") };

        var failure = await bench.FailAsync();

        failure.Kind.ShouldBe(ApiFailureKind.Contract);
        failure.Message.ShouldContain($"not JSON (text/html, 506 bytes): \"<html>{new string('x', 194)}…\"");
    }

    [Fact]
    public async Task Media_type_is_not_trusted()
    {
        await using var bench = new ApiBench { Data = _ => Reply.Html("""{"data":[]}""") };

        (await bench.ReadAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Body_cut_below_its_length_is_transient()
    {
        await using var bench = new ApiBench { Data = _ => Reply.Feed("{}").CutBy(1) };

        (await bench.FailAsync()).Kind.ShouldBe(ApiFailureKind.Transient);
    }

    [Fact]
    public async Task Json_that_ends_in_the_middle_is_transient_and_shows_no_row()
    {
        await using var bench = new ApiBench
        {
            Data = _ => Reply.Unannounced("""{"data":{"items":[{"employeeID":"ID-1234","""),
        };

        var failure = await bench.FailAsync();

        failure.Kind.ShouldBe(ApiFailureKind.Transient);
        failure.Message.ShouldContain("ends in the middle");
        failure.ToString().ShouldNotContain("ID-1234");
    }

    [Fact]
    public async Task Refused_connection_is_transient()
    {
        var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        await using var bench = new ApiBench(options => options with { BaseUrl = new($"http://127.0.0.1:{port}") });

        var failure = await bench.FailAsync();

        failure.Kind.ShouldBe(ApiFailureKind.Transient);
        failure.HttpStatus.ShouldBeNull();
    }

    [Fact]
    public async Task Untrusted_certificate_is_a_configuration_fault()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.Parse("2020-01-01Z"),
            DateTimeOffset.Parse("2100-01-01Z")
        );
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeTlsAsync(listener, certificate);
        var url = new Uri($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}");
        await using var bench = new ApiBench(options => options with { BaseUrl = url });

        var failure = await bench.FailAsync();

        failure.Kind.ShouldBe(ApiFailureKind.Configuration);
        failure.Hint.ShouldContain("certificates");
        await serving;
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    public async Task Network_fault_is_transient(HttpRequestError error)
    {
        using var network = new BrokenNetwork(new HttpRequestException(error, "broken", new IOException()));
        await using var bench = new ApiBench();
        using var api = RuangKerjaApi.Create(bench.Options, bench.Time, NullLoggerFactory.Instance, network);

        var failure = await Should.ThrowAsync<RuangKerjaApiException>(() =>
            api.ReadFeedAsync(ApiBench.Window, CancellationToken.None)
        );

        failure.Kind.ShouldBe(ApiFailureKind.Transient);
    }

    [Fact]
    public async Task Secrets_echoed_by_the_api_are_struck_out_everywhere()
    {
        var escaped = System.Text.Json.JsonSerializer.Serialize(ApiBench.Secret);
        await using var bench = new ApiBench();
        bench.Data = request =>
            Reply.Html(
                $"{ApiBench.Secret} {escaped} {Uri.EscapeDataString(ApiBench.Secret)} {request.Header("Authorization")}",
                403
            );

        var failure = await bench.FailAsync();

        failure.Message.ShouldContain("*** \"***\" *** ***");
        string[] texts =
        [
            failure.ToString(),
            bench.Options.ToString(),
            bench.Options.Credentials.ToString(),
            .. bench.Logged,
        ];
        bench.Logged.ShouldNotBeEmpty();
        texts.ShouldAllBe(text => !text.Contains("TOKEN-") && !text.Contains("s3cret"));
        bench.Options.ToString().ShouldContain("client-1");
    }

    private static async Task ServeTlsAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsServerAsync(certificate);
            await tls.ReadExactlyAsync(new byte[1]);
        }
        catch (Exception fault) when (fault is IOException or AuthenticationException)
        {
            // The client did not like the certificate.
        }
    }

    private sealed class BrokenNetwork(Exception fault) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => Task.FromException<HttpResponseMessage>(fault);
    }
}
