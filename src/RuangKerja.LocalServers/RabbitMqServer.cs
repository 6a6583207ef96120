using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace RuangKerja.LocalServers;

/// <summary>
/// A private RabbitMQ node with one administrator, whose password is random. Its listeners, its port mapper and its
/// distribution port are on loopback; its Erlang cookie lies in its own folder. It runs as the user of this process.
/// </summary>
public sealed partial class RabbitMqServer : LocalServer
{
    private const string User = "ruangkerja";

    private readonly RabbitMqPrograms _programs;
    private readonly RabbitMqServerOptions _options;
    private readonly RabbitMqPorts _ports;
    private readonly string _password = RandomNumberGenerator.GetHexString(32, lowercase: true);

    private RabbitMqServer(RabbitMqPrograms programs, RabbitMqServerOptions options, RabbitMqPorts ports)
        : base(options, ports.Amqp)
    {
        _programs = programs;
        _options = options;
        _ports = ports;
        NodeName = $"{Path.GetFileName(Folder)}@localhost";
    }

    /// <summary>Where clients connect, with user and password, on the virtual host <c>/</c>.</summary>
    public Uri AmqpUri => new($"amqp://{User}:{_password}@127.0.0.1:{Port}/");

    /// <summary>The base address of the management API, with user and password; null without the plugin.</summary>
    public Uri? ManagementUri =>
        _options.Management ? new($"http://{User}:{_password}@127.0.0.1:{_ports.Management}/") : null;

    /// <summary>The node's name, as <c>rabbitmqctl -n</c> takes it.</summary>
    public string NodeName { get; }

    private protected override string Name => "RabbitMQ";

    private protected override string StopSignal => "TERM";

    /// <summary>Makes a new node and starts it; returns when it takes clients.</summary>
    /// <exception cref="ServerProgramsMissingException">RabbitMQ is not installed.</exception>
    /// <exception cref="ServerStartException">It ended, or did not answer in time.</exception>
    public static Task<RabbitMqServer> StartAsync(
        RabbitMqServerOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= new RabbitMqServerOptions();
        var missing = new List<string>();
        var programs = InstalledPrograms.FindRabbitMq(options.ProgramFolder, missing);
        var portMapper = InstalledPrograms.FindPortMapper(missing);
        return programs is null || portMapper is null
            ? throw new ServerProgramsMissingException(missing)
            : StartNewAsync(() => Make(new RabbitMqPrograms(programs, portMapper), options), cancellationToken);
    }

    private static RabbitMqServer Make(RabbitMqPrograms programs, RabbitMqServerOptions options)
    {
        var free = LoopbackPort.ChooseFree(4);
        return new RabbitMqServer(programs, options, new RabbitMqPorts(free[0], free[1], free[2], free[3]));
    }

    /// <summary>
    /// Opens the AMQP protocol and looks whether a method frame (type 1) comes back: <c>connection.start</c>
    /// (AMQP 0-9-1, sections 2.2.4 and 4.2.2).
    /// </summary>
    private protected override async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray(), cancellationToken);
        var answer = new byte[1];
        if (await stream.ReadAsync(answer, cancellationToken) != 1 || answer[0] != 1)
            return false;
        if (!_options.Management)
            return true;

        using var management = new TcpClient();
        await management.ConnectAsync(IPAddress.Loopback, _ports.Management, cancellationToken);
        return true;
    }

    private sealed record RabbitMqPrograms(string Folder, string PortMapper);

    private sealed record RabbitMqPorts(int Amqp, int PortMapper, int Distribution, int Management);
}
