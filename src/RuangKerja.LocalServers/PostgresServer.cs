using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace RuangKerja.LocalServers;

/// <summary>
/// A private PostgreSQL with one superuser, whose password is random. It keeps its clock in UTC, listens on loopback over
/// TCP only, and lets nobody in without the password. When this process runs as root, the server runs as the system user
/// <c>postgres</c>, or <c>nobody</c> where there is none.
/// </summary>
public sealed class PostgresServer : LocalServer
{
    private const string User = "ruangkerja";
    private const string Database = "postgres";

    private readonly string _programs;
    private readonly string _password = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly PostgresServerOptions _options;

    private PostgresServer(string programs, PostgresServerOptions options)
        : base(options, LoopbackPort.ChooseFree(1)[0])
    {
        _programs = programs;
        _options = options;
    }

    /// <summary>The connection string, in Npgsql's form, to the database <c>postgres</c> as superuser.</summary>
    public string ConnectionString =>
        $"Host=127.0.0.1;Port={Port};Username={User};Password={_password};Database={Database}";

    private protected override string Name => "PostgreSQL";

    /// <summary>A fast shutdown: sessions are ended, data are written.</summary>
    private protected override string StopSignal => "INT";

    /// <summary>Makes a new cluster and starts it; returns when it takes clients.</summary>
    /// <exception cref="ServerProgramsMissingException">PostgreSQL is not installed.</exception>
    /// <exception cref="ServerStartException">It could not be made, ended, or did not answer in time.</exception>
    public static Task<PostgresServer> StartAsync(
        PostgresServerOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= new PostgresServerOptions();
        var missing = new List<string>();
        var programs = InstalledPrograms.FindPostgres(options.ProgramFolder, missing);
        return programs is null
            ? throw new ServerProgramsMissingException(missing)
            : StartNewAsync(() => new PostgresServer(programs, options), cancellationToken);
    }

    private protected override IReadOnlyDictionary<string, string> WriteFiles()
    {
        var settings = new Dictionary<string, string>
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = $"{Port}",
            ["unix_socket_directories"] = "",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["fsync"] = _options.Durable ? "on" : "off",
            ["full_page_writes"] = _options.Durable ? "on" : "off",
            ["shared_buffers"] = "64MB",
        };
        foreach (var (name, value) in _options.Settings)
            settings[name] = value;

        WriteFile("password", _password);
        WriteFile("settings", string.Concat(settings.Select(s => $"{s.Key} = '{s.Value.Replace("'", "''")}'\n")));
        WriteFile("prepare", Supervisor.Script("postgres-prepare.sh"));
        WriteFile("run", Supervisor.Script("postgres-run.sh"));
        return new Dictionary<string, string>
        {
            ["LOCAL_SERVER_PROGRAMS"] = _programs,
            ["LOCAL_SERVER_USER"] = User,
            ["LC_ALL"] = "C",
        };
    }

    /// <summary>
    /// Asks for a session and looks at the first byte: <c>R</c> asks for the password; <c>E</c> says that the server is
    /// still starting (PostgreSQL's manual, "Message Formats", StartupMessage).
    /// </summary>
    private protected override async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        const int ProtocolVersion3 = 3 << 16;
        var parameters = Encoding.ASCII.GetBytes($"user\0{User}\0database\0{Database}\0\0");
        var message = new byte[8 + parameters.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), ProtocolVersion3);
        parameters.CopyTo(message, 8);

        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(message, cancellationToken);
        var answer = new byte[1];
        return await stream.ReadAsync(answer, cancellationToken) == 1 && answer[0] == (byte)'R';
    }
}
