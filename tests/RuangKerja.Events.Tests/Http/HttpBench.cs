using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Service.Configuration;
using RuangKerja.Events.Service.Http.Access;
using RuangKerja.Events.Service.Http.Api;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Tests.Http;

/// <summary>The API alone, on a loopback port, before a history and a desk that are held in memory.</summary>
internal sealed class HttpBench : IAsyncDisposable
{
    public const string ViewerKey = "viewer-key-of-24-letters";
    public const string OperatorKey = "operator-key-of-many-letters";

    /// <summary>A viewer and an operator.</summary>
    public static readonly ApiKey[] Keys =
    [
        new("hr", ApiRole.Viewer, ViewerKey),
        new("ops", ApiRole.Operator, OperatorKey),
    ];

    /// <summary>How many may read at once.</summary>
    public const int Places = 5;

    private readonly WebApplication _app;

    private HttpBench(WebApplication app, MemoryHistory history, MemoryReplays replays, Clock clock)
    {
        _app = app;
        (History, Replays, Clock) = (history, replays, clock);
        // A slow machine may take its time to refuse a body before it is sent.
        var patient = new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(30) };
        Client = new HttpClient(patient)
        {
            BaseAddress = new Uri(app.Urls.Single()),
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    public HttpClient Client { get; }

    public MemoryHistory History { get; }

    public MemoryReplays Replays { get; }

    /// <summary>The API's time, where the test moves it.</summary>
    public Clock Clock { get; }

    /// <param name="keys">None: whoever reaches loopback is let in.</param>
    /// <param name="companies">Default: the one called default.</param>
    public static Task<HttpBench> StartAsync(IReadOnlyList<ApiKey>? keys = null, params string[] companies) =>
        StartAsync(TimeProvider.System, keys, companies);

    /// <summary>With a clock that stands still until the test moves it.</summary>
    public static Task<HttpBench> StartTimelessAsync(IReadOnlyList<ApiKey>? keys = null) =>
        StartAsync(new Clock(), keys, []);

    private static async Task<HttpBench> StartAsync(
        TimeProvider time,
        IReadOnlyList<ApiKey>? keys,
        IReadOnlyList<string> companies
    )
    {
        var (history, replays) = (new MemoryHistory(), new MemoryReplays());
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<IEventHistory>(history);
        builder.Services.AddSingleton(new ReaderGate(Places, time));
        builder.Services.AddSingleton<GatedHistory>();
        builder.Services.AddSingleton<IReplayDesk>(replays);
        builder.Services.AddSingleton<IReplayStore>(replays);
        builder.Services.AddSingleton<IReadOnlyList<Company>>(
            companies.Count == 0 ? [Company.Default] : [.. companies.Select(Named)]
        );
        builder.Services.AddHttpApi(new HttpOptions { ApiKeys = keys ?? [] });
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseHttpApi();
        app.MapHttpApi();
        await app.StartAsync();
        return new HttpBench(app, history, replays, time as Clock ?? new Clock());
    }

    public static Company Named(string name) =>
        Company.TryCreate(name, out var company) ? company : throw new ArgumentException(name, nameof(name));

    /// <summary>The status and the body as JSON.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, string? json = null, params string[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
            request.Content = new StringContent(json, new MediaTypeHeaderValue("application/json"));
        foreach (var header in headers)
            request.Headers.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ", 2)[1]);
        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            text.Length > 0 ? JsonNode.Parse(text) : null,
            response.Headers.ToDictionary(pair => pair.Key, pair => string.Join(", ", pair.Value))
        );
    }

    public Task<Answer> GetAsync(string path, params string[] headers) =>
        SendAsync(HttpMethod.Get, path, headers: headers);

    public Task<Answer> PostAsync(string path, string? json = null, params string[] headers) =>
        SendAsync(HttpMethod.Post, path, json, headers);

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

/// <summary>What came back.</summary>
internal sealed record Answer(
    int Status,
    string? MediaType,
    JsonNode? Body,
    IReadOnlyDictionary<string, string> Headers
)
{
    /// <summary>A member of the body; null when it is not there.</summary>
    public JsonNode? this[string member] => Body?[member];

    /// <summary>The last word of the problem's type.</summary>
    public string Problem
    {
        get
        {
            MediaType.ShouldBe("application/problem+json", Body?.ToJsonString());
            ((int?)this["status"]).ShouldBe(Status);
            return ((string?)this["type"])!.Split(':')[^1];
        }
    }

    /// <summary>What is said of one parameter or member.</summary>
    public string Error(string member) => (string)this["errors"]![member]![0]!;
}
