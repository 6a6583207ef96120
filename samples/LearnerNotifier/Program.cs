using System.Net.Sockets;
using LearnerNotifier.Learners;
using LearnerNotifier.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Polly;
using Polly.Retry;

namespace LearnerNotifier;

/// <summary>The program: makes its tables, listens and sends until it is asked to stop.</summary>
public static partial class Program
{
    private const int WrongSettings = 2;

    /// <summary>Runs it.</summary>
    /// <returns>0; 2 when the settings or the files they name are wrong, or cannot be read.</returns>
    public static async Task<int> Main(string[] args)
    {
        IHost host;
        try
        {
            host = NotifierHost.Build(args);
            // A file of learners with faults is found now, and not with the first message.
            host.Services.GetRequiredService<ILearnerDirectory>();
        }
        catch (Exception faults) when (faults is FormatException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(faults.Message);
            return WrongSettings;
        }

        using (host)
        {
            await MakeTablesAsync(host.Services);
            await host.StartAsync();
            await Console.Out.WriteLineAsync($"Listening on queue {NotifierHost.Queue}");
            await host.WaitForShutdownAsync();
            return 0;
        }
    }

    /// <summary>Makes the tables as soon as the database can be used: tried again after 1 s, 2 s, 4 s … half a minute.</summary>
    private static async Task MakeTablesAsync(IServiceProvider services)
    {
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Program).FullName!);
        var patience = new ResiliencePipelineBuilder { TimeProvider = services.GetRequiredService<TimeProvider>() }
            .AddRetry(
                new RetryStrategyOptions
                {
                    // A wrong login too, as the broker's is waited for: it may be put right on the server.
                    ShouldHandle = new PredicateBuilder()
                        .Handle<NpgsqlException>()
                        .Handle<SocketException>()
                        .Handle<TimeoutException>(),
                    MaxRetryAttempts = int.MaxValue,
                    BackoffType = DelayBackoffType.Exponential,
                    Delay = TimeSpan.FromSeconds(1),
                    MaxDelay = TimeSpan.FromSeconds(30),
                    OnRetry = failure =>
                    {
                        LogDatabaseAway(log, failure.Outcome.Exception!.Message);
                        return ValueTask.CompletedTask;
                    },
                }
            )
            .Build();
        var tables = services.GetRequiredService<WaitingMails>();
        await patience.ExecuteAsync(async stop => await tables.MakeTablesAsync(stop));
    }

    [LoggerMessage(1, LogLevel.Warning, "The start waits for the database, which cannot be used now: {Trouble}")]
    private static partial void LogDatabaseAway(ILogger log, string trouble);
}
