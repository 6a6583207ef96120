using System.Runtime.InteropServices;

namespace RuangKerja.Events.IntegrationTests.Chaos;

/// <summary>
/// Random faults over the whole system, with load, and then the oracle: <c>./dev chaos</c>. Everything it starts ends with it,
/// also on Ctrl-C.
/// </summary>
internal static class ChaosCommand
{
    public const string Verb = "chaos";

    private const int Clean = 0;
    private const int NotClean = 1;
    private const int WrongUsage = 2;
    private const int Interrupted = 130;

    public static async Task<int> RunAsync(string[] args)
    {
        if (ChaosOptions.Read(args) is not { } options)
        {
            await Console.Error.WriteLineAsync($"Usage: {ChaosOptions.Usage}");
            return WrongUsage;
        }

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var output = TextWriter.Synchronized(Console.Out);
        try
        {
            return await new ChaosRun(options, output).RunAsync(stop.Token) ? Clean : NotClean;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await output.WriteLineAsync("Interrupted; everything is stopped.");
            return Interrupted;
        }

        void Stop(PosixSignalContext context)
        {
            // The first asks; a second one ends this process at once, and the servers' supervisors clear away behind it.
            context.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }
}
