using RuangKerja.Events.Service.Configuration;
using RuangKerja.Events.Service.Http.Api;

namespace RuangKerja.Events.Service.Http;

/// <summary>Builds the process of <c>run</c>: the pipeline, the health answers, the API and the log.</summary>
public static class ServiceHost
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Puts it together; nothing starts yet.</summary>
    /// <param name="configuration">For logging alone: all else is in the options.</param>
    public static WebApplication Build(ServiceOptions options, IConfiguration configuration)
    {
        // The empty builder: addresses and settings come from our options, not from ASPNETCORE_… variables.
        var builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }
        );
        builder.Logging.AddConfiguration(configuration.GetSection("Logging")).AddConsole();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = ShutdownTimeout;
            // The parts wait out all trouble from outside. One that ends all the same has met a fault of ours: to go on
            // without it would look alive and do nothing, so the process ends and its supervisor starts a whole one.
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.StopHost;
        });
        builder.Services.AddEventPipeline(options.Pipeline);
        builder.Services.AddHttpApi(options.Http);

        var app = builder.Build();
        foreach (var url in options.Http.Urls)
            app.Urls.Add(url.GetLeftPart(UriPartial.Authority));
        app.UseHttpApi();
        app.MapHealth(options.Pipeline);
        app.MapHttpApi();
        return app;
    }
}
