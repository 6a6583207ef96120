using CertificateIssuer.Register;

namespace CertificateIssuer;

/// <summary>The program: makes its tables, listens, and shows the certificates until it is asked to stop.</summary>
public static class Program
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
            await app.Services.GetRequiredService<RegisterReader>().MakeTablesAsync(CancellationToken.None);
            await app.StartAsync();
            await Console.Out.WriteLineAsync($"The certificates are at {app.Urls.First()}");
            await Console.Out.WriteLineAsync($"Listening on queue {IssuerHost.Queue}");
            await app.WaitForShutdownAsync();
            return 0;
        }
    }
}
