namespace RuangKerja.LocalServers;

/// <summary>
/// A private server: its own processes, ports, credentials and temporary folder, on loopback only. Disposing it, or the
/// end of this process in whatever way, stops it and removes the folder. Its starts and stops must not be called concurrently.
/// </summary>
public abstract class LocalServer : IAsyncDisposable
{
    private const int StartAttempts = 5;
    private const int LogLinesShown = 40;
    private static readonly TimeSpan ReadyCheckInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ReadyCheckTimeout = TimeSpan.FromSeconds(5);

    private readonly LocalServerOptions _options;
    private Supervisor? _supervisor;

    private protected LocalServer(LocalServerOptions options, int port)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("Local servers need a POSIX system, such as Linux or macOS.");
        if (options.ParentFolder is not null)
            Directory.CreateDirectory(options.ParentFolder);

        _options = options;
        Port = port;
        var name = $"rk-{System.Security.Cryptography.RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        Folder = Path.Combine(Path.GetFullPath(options.ParentFolder ?? Path.GetTempPath()), name);
    }

    /// <summary>The loopback port clients connect to; the same after <see cref="StartAgainAsync"/>.</summary>
    public int Port { get; }

    /// <summary>The id of the server's own main process; another one after <see cref="StartAgainAsync"/>.</summary>
    public int ProcessId { get; private set; }

    /// <summary>Whether the server's main process is there, be it ours to stop or ended by somebody else.</summary>
    public bool IsRunning => _supervisor is { ServerHasExited: false } && ProcessId != 0;

    /// <summary>The temporary folder that holds everything of this server.</summary>
    public string Folder { get; }

    /// <summary>The file the server's output goes to, over all its starts.</summary>
    public string LogPath => Path.Combine(Folder, "server.log");

    /// <summary>What this server is called in messages.</summary>
    private protected abstract string Name { get; }

    /// <summary>The signal that asks the server to stop without waiting for its clients.</summary>
    private protected abstract string StopSignal { get; }

    /// <summary>Writes the configuration and the scripts <c>prepare</c> and <c>run</c> into the empty folder.</summary>
    /// <returns>The environment of both scripts.</returns>
    private protected abstract IReadOnlyDictionary<string, string> WriteFiles();

    /// <summary>Whether the server takes clients.</summary>
    private protected abstract Task<bool> AnswersAsync(CancellationToken cancellationToken);

    /// <summary>Stops the server gently, or hard after the stop timeout. Data and ports stay its own.</summary>
    /// <exception cref="LocalServerException">It could not be stopped.</exception>
    public Task StopAsync(CancellationToken cancellationToken = default) => OrderAsync("stop", cancellationToken);

    /// <summary>Kills the server's main process (SIGKILL) and waits until all its processes are gone. Data stay.</summary>
    /// <exception cref="LocalServerException">It could not be killed.</exception>
    public Task KillAsync(CancellationToken cancellationToken = default) => OrderAsync("kill", cancellationToken);

    /// <summary>Halts all the server's processes (SIGSTOP): connections stay open and nobody answers.</summary>
    /// <exception cref="LocalServerException">It does not run.</exception>
    public Task FreezeAsync(CancellationToken cancellationToken = default) => OrderAsync("freeze", cancellationToken);

    /// <summary>Lets a frozen server go on (SIGCONT).</summary>
    /// <exception cref="LocalServerException">It does not run.</exception>
    public Task ThawAsync(CancellationToken cancellationToken = default) => OrderAsync("thaw", cancellationToken);

    /// <summary>Starts the server on its old data and ports, after it was stopped, killed or has died.</summary>
    /// <exception cref="InvalidOperationException">It runs.</exception>
    /// <exception cref="ServerStartException">It ended, or did not answer within the start timeout.</exception>
    public async Task StartAgainAsync(CancellationToken cancellationToken = default)
    {
        if (IsRunning)
            throw new InvalidOperationException($"{Name} is running.");
        ProcessId = await Running.StartServerAsync(cancellationToken);
        await WaitUntilItAnswersAsync(cancellationToken);
    }

    /// <summary>The last lines of the server's log.</summary>
    public string ReadLogEnd()
    {
        try
        {
            return string.Join(Environment.NewLine, File.ReadLines(LogPath).TakeLast(LogLinesShown));
        }
        catch (IOException e)
        {
            return $"(no log: {e.Message})";
        }
    }

    /// <summary>Stops the server and removes its folder. More than once does no harm.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_supervisor is { } supervisor)
        {
            _supervisor = null;
            ProcessId = 0;
            await supervisor.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Makes and starts a server; makes another one, on other ports, when somebody took a port meanwhile.</summary>
    private protected static async Task<TServer> StartNewAsync<TServer>(
        Func<TServer> make,
        CancellationToken cancellationToken
    )
        where TServer : LocalServer
    {
        for (var attempt = 1; ; attempt++)
        {
            var server = make();
            try
            {
                await server.StartFirstTimeAsync(cancellationToken);
                return server;
            }
            catch (Exception e)
            {
                await server.DisposeAsync();
                if (e is not ServerStartException { PortWasTaken: true } || attempt == StartAttempts)
                    throw;
            }
        }
    }

    /// <summary>Writes one file that only its owner may read.</summary>
    private protected void WriteFile(string name, string text)
    {
        File.WriteAllText(Path.Combine(Folder, name), text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(Folder, name), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private Supervisor Running =>
        _supervisor ?? throw new ObjectDisposedException(Name, "The server was disposed of, or never started.");

    private Task OrderAsync(string order, CancellationToken cancellationToken) =>
        Running.CarryOutAsync(order, cancellationToken);

    private async Task StartFirstTimeAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsWindows())
            Directory.CreateDirectory(
                Folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        try
        {
            _supervisor = new Supervisor(Folder, StopSignal, _options, WriteFiles());
        }
        catch
        {
            Directory.Delete(Folder, recursive: true);
            throw;
        }

        if (!await _supervisor.PrepareAsync(_options.StartTimeout, cancellationToken))
            throw new ServerStartException($"{Name} could not be prepared.", ReadLogEnd());
        ProcessId = await _supervisor.StartServerAsync(cancellationToken);
        await WaitUntilItAnswersAsync(cancellationToken);
    }

    private async Task WaitUntilItAnswersAsync(CancellationToken cancellationToken)
    {
        var time = _options.TimeProvider;
        var started = time.GetTimestamp();
        while (true)
        {
            if (Running.ServerHasExited)
                throw new ServerStartException($"{Name} ended while it was starting.", ReadLogEnd());
            if (time.GetElapsedTime(started) > _options.StartTimeout)
                throw new ServerStartException(
                    $"{Name} did not answer on port {Port} within {_options.StartTimeout}.",
                    ReadLogEnd()
                );
            if (await TryAnswerAsync(time, cancellationToken))
                return;
            await Task.Delay(ReadyCheckInterval, time, cancellationToken);
        }
    }

    private async Task<bool> TryAnswerAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(ReadyCheckTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await AnswersAsync(either.Token);
        }
        catch (Exception e)
            when (e is System.Net.Sockets.SocketException or IOException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return false;
        }
    }
}
