using System.CommandLine;
using RuangKerja.Events.Service.Configuration;
using RuangKerja.Events.Service.Http;

namespace RuangKerja.Events.Service.Commands;

/// <summary><c>run</c>: the service, until asked to stop.</summary>
public static class RunCommand
{
    /// <summary>Declares the command.</summary>
    public static Command Create(CommandContext context) =>
        WithAction(new Command("run", "Run the service until it is asked to stop. The default command."), context);

    /// <summary>Makes it what the bare program does.</summary>
    public static void MakeDefault(RootCommand root, CommandContext context) => WithAction(root, context);

    /// <summary>Does the work. A stop that was asked for is its normal end.</summary>
    public static async Task<ExitCode> RunAsync(
        ServiceOptions options,
        IConfiguration configuration,
        CancellationToken cancellationToken
    )
    {
        await using var app = ServiceHost.Build(options, configuration);
        await app.StartAsync(cancellationToken);
        StartSummary.Write(app.Logger, options, app.Urls);

        await app.WaitForShutdownAsync(cancellationToken);
        return HasFaulted(app.Services) ? ExitCode.Unexpected : ExitCode.Ok;
    }

    private static Command WithAction(Command command, CommandContext context)
    {
        var set = ConfigurationArguments.CreateOption();
        command.Add(set);
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    () =>
                    {
                        var configuration = context.ReadConfiguration(parsed.GetValue(set));
                        var reader = new ConfigurationReader(configuration, context.ReadFile);
                        return RunAsync(reader.Read(context.Time.GetUtcNow()), configuration, cancellationToken);
                    },
                    cancellationToken
                )
        );
        return command;
    }

    /// <summary>Whether a part has ended by a fault, which is what stopped the process then.</summary>
    private static bool HasFaulted(IServiceProvider services) =>
        services
            .GetServices<IHostedService>()
            .OfType<BackgroundService>()
            .Any(part => part.ExecuteTask is { IsFaulted: true });
}
