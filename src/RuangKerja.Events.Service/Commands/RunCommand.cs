using System.CommandLine;
using Microsoft.AspNetCore.Connections;
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
        try
        {
            RunLog.Starting(app.Logger);
            await StartAsync(app, options.Http, cancellationToken);
            StartSummary.Write(app.Logger, options, app.Urls);
            await WaitForEndAsync(app, cancellationToken);
        }
        // Stopped before the start was over.
        catch (OperationCanceledException)
            when (cancellationToken.IsCancellationRequested || FaultOf(app.Services) is not null) { }

        // The host's own words are switched off in appsettings.json: it has them for a part, too, that was stopped before it had
        // begun, and calls that a fault.
        if (FaultOf(app.Services) is { } ended)
            RunLog.Faulted(app.Logger, ended);
        else if (cancellationToken.IsCancellationRequested)
            RunLog.Stopping(app.Logger);
        await app.StopAsync(CancellationToken.None);
        RunLog.Stopped(app.Logger);

        if (FaultOf(app.Services) is { } fault)
            throw new InvalidOperationException("A part of the service has ended by a fault.", fault);
        return ExitCode.Ok;
    }

    private static Command WithAction(Command command, CommandContext context)
    {
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(
                    context.Error,
                    () =>
                    {
                        var configuration = context.ReadConfiguration(parsed);
                        var reader = new ConfigurationReader(configuration, context.ReadFile);
                        return RunAsync(reader.Read(context.Time.GetUtcNow()), configuration, cancellationToken);
                    },
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task StartAsync(WebApplication app, HttpOptions http, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            // What has started must not meet disposed parts.
            await app.StopAsync(CancellationToken.None);
            var urls = string.Join(';', http.Urls.Select(url => url.GetLeftPart(UriPartial.Authority)));
            var which = http.Urls.Count == 1 ? "which is in use" : "one of which is in use";
            throw new ConfigurationException([new("Http:Urls", $"'{urls}', {which}", "addresses that are free")]);
        }
    }

    /// <summary>Returns when a stop is asked for, or when a part has ended by a fault.</summary>
    private static async Task WaitForEndAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var asked = cancellationToken.Register(() => end.TrySetResult());
        await using var faulted = app.Lifetime.ApplicationStopping.Register(() => end.TrySetResult());
        await end.Task;
    }

    /// <summary>What ended parts, and the process with them; null when none has ended by itself.</summary>
    private static AggregateException? FaultOf(IServiceProvider services) =>
        services
            .GetServices<IHostedService>()
            .OfType<BackgroundService>()
            .SelectMany(part => part.ExecuteTask?.Exception?.InnerExceptions ?? [])
            .ToList()
            is { Count: > 0 } faults
            ? new AggregateException(faults)
            : null;
}
