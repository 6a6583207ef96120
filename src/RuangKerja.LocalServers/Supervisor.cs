using System.Diagnostics;
using System.Reflection;
using System.Threading.Channels;

namespace RuangKerja.LocalServers;

/// <summary>
/// The small shell that owns one server's processes and folder (<c>Scripts/supervise.sh</c>). Our end of its standard
/// input is our sign of life: when this process goes, in whatever way, the kernel closes it, and the shell stops the
/// server and removes the folder. It runs in a session of its own, so that Ctrl-C reaches us and not the server.
/// </summary>
internal sealed class Supervisor : IAsyncDisposable
{
    /// <summary>What the shell may take beyond the server's own time to stop: killing, waiting, removing files.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long removing the folder may take: that of a server with hundreds of databases holds hundreds of thousands of files,
    /// and the machine may be busy.
    /// </summary>
    private static readonly TimeSpan Clearing = TimeSpan.FromMinutes(3);

    private readonly Process _shell;
    private readonly TimeSpan _stopTimeout;
    private readonly TimeProvider _time;
    private readonly Channel<string> _replies = Channel.CreateUnbounded<string>();
    private readonly SemaphoreSlim _oneOrder = new(1, 1);
    private readonly Task _listening;
    private int _orders;
    private TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Supervisor(
        string folder,
        string stopSignal,
        LocalServerOptions options,
        IReadOnlyDictionary<string, string> environment
    )
    {
        _stopTimeout = options.StopTimeout;
        _time = options.TimeProvider;
        _shell = Process.Start(Describe(folder, stopSignal, options, environment))!;
        _listening = ListenAsync();
    }

    /// <summary>Whether the server started last has ended.</summary>
    public bool ServerHasExited => _exited.Task.IsCompleted;

    /// <summary>Starts the server.</summary>
    /// <returns>Its process id.</returns>
    public Task<int> StartServerAsync(CancellationToken cancellationToken)
    {
        _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return OrderAsync("start", Slack, cancellationToken);
    }

    /// <summary>Runs the server's prepare script.</summary>
    /// <returns>Whether it succeeded.</returns>
    public async Task<bool> PrepareAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        await OrderAsync("prepare", timeout, cancellationToken) == 0;

    /// <summary>Carries out <c>stop</c>, <c>kill</c>, <c>freeze</c> or <c>thaw</c>.</summary>
    /// <exception cref="LocalServerException">It was not carried out, or not in time.</exception>
    public async Task CarryOutAsync(string order, CancellationToken cancellationToken)
    {
        var code = await OrderAsync(order, _stopTimeout + Slack, cancellationToken);
        if (code != 0)
            throw new LocalServerException($"The server's supervisor could not carry out '{order}' (code {code}).");
    }

    /// <summary>Ends everything: the server, its helpers, its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _shell.StandardInput.Close();
        }
        catch (IOException)
        {
            // The shell has gone already; it clears away on every way out.
        }

        try
        {
            await _shell.WaitForExitAsync().WaitAsync(_stopTimeout + Slack + Clearing, _time);
            await _listening.WaitAsync(Slack, _time);
        }
        finally
        {
            _shell.Dispose();
            _oneOrder.Dispose();
        }
    }

    private async Task<int> OrderAsync(string order, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await _oneOrder.WaitAsync(cancellationToken);
        try
        {
            var number = ++_orders;
            await _shell.StandardInput.WriteLineAsync($"{number} {order}".AsMemory(), cancellationToken);
            await _shell.StandardInput.FlushAsync(cancellationToken);
            return await ReplyAsync(number, cancellationToken).WaitAsync(timeout, _time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or IOException or ChannelClosedException)
        {
            throw new LocalServerException($"The server's supervisor did not carry out '{order}': {e.Message}", e);
        }
        finally
        {
            _oneOrder.Release();
        }
    }

    /// <summary>The reply to one order; late replies to orders that were given up are passed over.</summary>
    private async Task<int> ReplyAsync(int number, CancellationToken cancellationToken)
    {
        while (true)
        {
            var words = (await _replies.Reader.ReadAsync(cancellationToken)).Split(' ');
            if (int.Parse(words[0]) == number)
                return int.Parse(words[1]);
        }
    }

    private async Task ListenAsync()
    {
        while (await _shell.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("exited ", StringComparison.Ordinal))
                _exited.TrySetResult();
            else
                await _replies.Writer.WriteAsync(line);
        }

        _replies.Writer.Complete();
        _exited.TrySetResult();
    }

    private static ProcessStartInfo Describe(
        string folder,
        string stopSignal,
        LocalServerOptions options,
        IReadOnlyDictionary<string, string> environment
    )
    {
        var seconds = (int)Math.Ceiling(options.StopTimeout.TotalSeconds);
        string[] shell = ["sh", "-c", Script("supervise.sh"), "supervise", folder, stopSignal, $"{seconds}"];
        string[] command = InstalledPrograms.FindOnPath("setsid") is { } setsid ? [setsid, .. shell] : shell;
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }

    /// <summary>One of the shell scripts that travel inside this library.</summary>
    public static string Script(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
