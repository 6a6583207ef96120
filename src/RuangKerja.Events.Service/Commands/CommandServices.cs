using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Service.Commands;

/// <summary>What commands need that read the API and write the database, and connect to no broker.</summary>
internal static class CommandServices
{
    private static readonly Uri NoBroker = new("amqp://nobody@broker.invalid");

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

    /// <summary>The same for commands that need the database alone.</summary>
    public static ServiceProvider BuildStorageServices(this CommandContext context, StorageOptions storage) =>
        context.BuildServices(
            new PipelineOptions
            {
                Companies = [],
                Storage = storage,
                Relay = new RelayOptions { RabbitMqUri = NoBroker },
            },
            LogLevel.Warning
        );
}
