using LearnerNotifier.Learners;
using LearnerNotifier.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LearnerNotifier;

/// <summary>The program: makes its tables, listens and sends until it is asked to stop.</summary>
public static class Program
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
            await host.Services.GetRequiredService<WaitingMails>().MakeTablesAsync(CancellationToken.None);
            await host.StartAsync();
            await Console.Out.WriteLineAsync($"Listening on queue {NotifierHost.Queue}");
            await host.WaitForShutdownAsync();
            return 0;
        }
    }
}
