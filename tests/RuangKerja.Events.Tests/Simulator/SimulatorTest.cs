using System.Globalization;
using System.Text;
using System.Text.Json;
using RuangKerja.Simulator;
using RuangKerja.Simulator.People;

namespace RuangKerja.Events.Tests.Simulator;

/// <summary>A simulator on a free port with a clock that stands still, and a client that keeps the upstream's rules.</summary>
public abstract class SimulatorTest : IAsyncLifetime
{
    protected static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new();

    protected Clock Clock { get; } = new();

    protected SimulatorHost Simulator { get; private set; } = null!;

    protected Population Population => Simulator.World.Company().Population;

    protected virtual SimulatorOptions Options => Small;

    protected static SimulatorOptions Small { get; } =
        new()
        {
            Employees = 20,
            Courses = 6,
            Alive = false,
        };

    public async ValueTask InitializeAsync()
    {
        Simulator = await SimulatorHost.StartAsync(Options, time: Clock);
        _http.BaseAddress = Simulator.BaseAddress;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Simulator.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Another simulator in place of the first one; to be called before the first request.</summary>
    protected async Task StartAnew(SimulatorOptions options)
    {
        await Simulator.DisposeAsync();
        Simulator = await SimulatorHost.StartAsync(options, time: Clock);
        _http.BaseAddress = Simulator.BaseAddress;
    }

    protected async Task<string> Token(string clientId = "simulator", string secret = "simulator-secret")
    {
        var reply = await PostToken(clientId, secret);
        return reply.Data.GetProperty("accessToken").GetString()!;
    }

    protected Task<Reply> PostToken(string clientId, string secret, string grantType = "client_credentials") =>
        Post(
            "/oauth/token",
            $$"""{"clientID":"{{clientId}}","clientSecret":"{{secret}}","grantType":"{{grantType}}"}"""
        );

    protected Task<Reply> Post(string path, string json) => Send(HttpMethod.Post, path, json);

    protected async Task<Reply> Send(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        return await Reply.Of(await _http.SendAsync(request));
    }

    /// <summary>A data request that keeps every rule, save what is passed differently.</summary>
    protected async Task<Reply> Data(
        string pathAndQuery,
        string? authorization = null,
        string? accept = "application/json",
        string? contentType = "application/json"
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, pathAndQuery);
        request.Headers.TryAddWithoutValidation("Authorization", authorization ?? await Token());
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        if (contentType is not null)
        {
            request.Content = new ByteArrayContent([]);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        return await Reply.Of(await _http.SendAsync(request));
    }

    protected Task<Reply> Feed(string? token = null) =>
        Data(FeedPath(Clock.GetUtcNow() - TimeSpan.FromDays(40), Clock.GetUtcNow()), token);

    protected Task<Reply> Feed(DateTimeOffset start, DateTimeOffset end) => Data(FeedPath(start, end));

    protected static string FeedPath(DateTimeOffset start, DateTimeOffset end) =>
        FeedPath(Uri.EscapeDataString(Rfc3339(start)), Uri.EscapeDataString(Rfc3339(end)));

    protected static string FeedPath(string start, string end) =>
        $"/ruangkerja/dashboard/user-course-status?startTimestamp={start}&endTimestamp={end}";

    protected static string CataloguePath(int page = 1, int pageSize = 100) =>
        $"/ruangkerja/dashboard/courses?page={page}&pageSize={pageSize}";

    protected static string RosterPath(string courseSerial, int page = 1, int pageSize = 100) =>
        $"/ruangkerja/dashboard/courses/{courseSerial}/online/users?page={page}&pageSize={pageSize}";

    protected static async Task Until(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!condition())
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static string Rfc3339(DateTimeOffset instant) =>
        instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}

/// <summary>A whole answer, read.</summary>
public sealed record Reply(int Status, string? ContentType, string? RetryAfter, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public JsonElement Data => Json.GetProperty("data");

    public IReadOnlyList<JsonElement> Items => [.. Data.GetProperty("items").EnumerateArray()];

    public string Detail => Json.GetProperty("detail").GetString()!;

    public static async Task<Reply> Of(HttpResponseMessage response)
    {
        using (response)
        {
            var retryAfter = response.Headers.TryGetValues("Retry-After", out var values) ? values.Single() : null;
            var body = await response.Content.ReadAsStringAsync();
            return new Reply(
                (int)response.StatusCode,
                response.Content.Headers.ContentType?.ToString(),
                retryAfter,
                body
            );
        }
    }

    public void ShouldBeBadRequest(string detailPart)
    {
        Status.ShouldBe(400);
        Json.GetProperty("errorCode").GetInt32().ShouldBe(400);
        Json.GetProperty("message").GetString().ShouldBe("BAD_REQUEST");
        Detail.ShouldContain(detailPart);
    }

    public void ShouldBeRefusedToken()
    {
        Status.ShouldBe(403);
        const string text = "rpc error: code = PermissionDenied desc = Token is not valid";
        Body.ShouldBe($$"""{"errorCode":123,"message":"{{text}}","detail":"{{text}}"}""");
    }
}
