using System.Net.Sockets;
using CertificateIssuer.Register;
using Npgsql;
using Polly;
using Polly.Retry;

namespace CertificateIssuer;

/// <summary>The program: makes its tables, listens, and shows the certificates until it is asked to stop.</summary>
public static partial class Program
{
    private const int WrongSettings = 2;

    /// <summary>Runs it.</summary>
    /// <returns>0; 2 when the settings are wrong.</returns>
    public static async Task<int> Main(string[] args)
    {
        WebApplication app;
        try
        {
            app = IssuerHost.Build(args);
        }
        catch (FormatException faults)
        {
            await Console.Error.WriteLineAsync(faults.Message);
            return WrongSettings;
        }

        await using (app)
        {
            await MakeTablesAsync(app.Services);
            await app.StartAsync();
            await Console.Out.WriteLineAsync($"The certificates are at {app.Urls.First()}");
            await Console.Out.WriteLineAsync($"Listening on queue {IssuerHost.Queue}");
            await app.WaitForShutdownAsync();
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
        var tables = services.GetRequiredService<RegisterReader>();
        await patience.ExecuteAsync(async stop => await tables.MakeTablesAsync(stop));
    }

    [LoggerMessage(1, LogLevel.Warning, "The start waits for the database, which cannot be used now: {Trouble}")]
    private static partial void LogDatabaseAway(ILogger log, string trouble);
}
