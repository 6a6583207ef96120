using System.Diagnostics;

namespace RuangKerja.LocalServers;

public sealed partial class RabbitMqServer
{
    private static readonly TimeSpan ControlTimeout = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Makes RabbitMQ write the declarations it has accepted so far. It buffers them for a moment, unlike confirmed
    /// messages: a queue declared just before <see cref="LocalServer.KillAsync"/> is otherwise sometimes gone afterwards,
    /// with the confirmed messages in it.
    /// </summary>
    /// <exception cref="LocalServerException">It failed.</exception>
    public Task FlushDeclarationsAsync(CancellationToken cancellationToken = default) =>
        RabbitMqCtlAsync(["eval", "mnesia:sync_log()."], cancellationToken);

    /// <summary>Runs <c>rabbitmqctl</c> against this node; takes about half a second.</summary>
    /// <param name="arguments">Its command and arguments, such as <c>"list_queues", "name", "messages"</c>.</param>
    /// <returns>What it printed on standard output.</returns>
    /// <exception cref="LocalServerException">It failed, or took more than a minute.</exception>
    public Task<string> RabbitMqCtlAsync(params string[] arguments) =>
        RabbitMqCtlAsync(arguments, CancellationToken.None);

    /// <inheritdoc cref="RabbitMqCtlAsync(string[])"/>
    public async Task<string> RabbitMqCtlAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        string[] command = ["--quiet", "--node", NodeName, .. arguments];
        var start = new ProcessStartInfo(Path.Combine(_programs.Folder, "rabbitmqctl"), command)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Folder,
        };
        foreach (var (name, value) in Environment(("RABBITMQ_CTL_ERL_ARGS", $"-dist_listen false {LoopbackArguments}")))
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process
                .WaitForExitAsync(cancellationToken)
                .WaitAsync(ControlTimeout, _options.TimeProvider, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            if (e is OperationCanceledException)
                throw;
            throw new LocalServerException(
                $"rabbitmqctl {arguments.FirstOrDefault()} took more than {ControlTimeout}.",
                e
            );
        }

        return process.ExitCode == 0
            ? await output
            : throw new LocalServerException(
                $"rabbitmqctl {arguments.FirstOrDefault()} ended with code {process.ExitCode}: {await output}{await errors}"
            );
    }
}
