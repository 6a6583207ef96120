using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace RuangKerja.LocalServers;

/// <summary>What all kinds of server have in common.</summary>
public abstract record LocalServerOptions
{
    /// <summary>The folder that holds the server's programs; by default they are looked for on this machine.</summary>
    public string? ProgramFolder { get; init; }

    /// <summary>Where the server's own temporary folder is made; by default the system's temporary folder.</summary>
    public string? ParentFolder { get; init; }

    /// <summary>How long a start may take until the server answers. Default: 90 seconds.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long the server may take to stop gently before it is killed; whole seconds. Default: 10 seconds.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Settings for the server's configuration file, after ours and so stronger, by the server's own names. The SMTP server has
    /// none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The clock behind every deadline. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

/// <summary>How a private PostgreSQL is started.</summary>
public sealed record PostgresServerOptions : LocalServerOptions
{
    /// <summary>
    /// Whether commits reach the disk (<c>fsync</c>). Default: no. Without it, commits survive the death of the
    /// server's processes, since the kernel holds what was written, but not the loss of power.
    /// </summary>
    public bool Durable { get; init; }
}

/// <summary>How a private RabbitMQ is started.</summary>
public sealed record RabbitMqServerOptions : LocalServerOptions
{
    /// <summary>Whether the management plugin runs, on a port of its own. Default: no, since it slows the start.</summary>
    public bool Management { get; init; }

    /// <summary>Further plugins by name. Default: none.</summary>
    public IReadOnlyList<string> Plugins { get; init; } = [];
}

/// <summary>How a private SMTP server is started.</summary>
public sealed record SmtpServerOptions : LocalServerOptions
{
    /// <summary>Who must log in before it takes mail. Default: nobody need.</summary>
    public NetworkCredential? Login { get; init; }

    /// <summary>With a certificate, and its RSA key, it takes mail over STARTTLS only. Default: without TLS.</summary>
    public X509Certificate2? Certificate { get; init; }
}
