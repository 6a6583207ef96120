using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using RuangKerja.Events.Courses;
using RuangKerja.Events.IntegrationTests.Storage;
using RuangKerja.Events.IntegrationTests.Storage.History;
using RuangKerja.Events.Service.Configuration;
using RuangKerja.Events.Service.Http.Api;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.IntegrationTests.Http;

/// <summary>The HTTP API over a store, on a loopback port, for the companies default and acme.</summary>
internal sealed class StoreApi : IAsyncDisposable
{
    /// <summary>How many connections of the store's pool its readers may use.</summary>
    public const int Places = 3;

    private readonly WebApplication _app;

    private StoreApi(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public static async Task<StoreApi> StartAsync(StoreFixture store)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IEventHistory>(store.History);
        builder.Services.AddSingleton(new ReaderGate(Places, TimeProvider.System));
        builder.Services.AddSingleton<GatedHistory>();
        builder.Services.AddSingleton<IReadOnlyList<Company>>([Company.Default, StoredPast.Acme]);
        builder.Services.AddHttpApi(new HttpOptions());
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseHttpApi();
        app.MapHttpApi();
        await app.StartAsync();
        return new StoreApi(app);
    }

    /// <summary>The body of an answer that is well.</summary>
    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await Client.GetStringAsync(path))!;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
