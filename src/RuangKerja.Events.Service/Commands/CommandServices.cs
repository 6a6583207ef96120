using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace RuangKerja.Events.Service.Commands;

/// <summary>What commands need that read the API and write the database, and connect to no broker.</summary>
internal static class CommandServices
{
    /// <summary>Builds them.</summary>
    /// <param name="least">What the log leaves out is below this.</param>
    public static ServiceProvider BuildServices(this CommandContext context, PipelineOptions options, LogLevel least)
    {
        var services = new ServiceCollection();
        services.AddSingleton(context.Time);
        services.AddLogging(logging => logging.SetMinimumLevel(least).AddSimpleConsole(c => c.SingleLine = true));
        // Standard output is for the result.
        services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return services.AddStorage(options).BuildServiceProvider();
    }
}
