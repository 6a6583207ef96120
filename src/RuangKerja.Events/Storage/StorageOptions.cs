namespace RuangKerja.Events.Storage;

/// <summary>Where and how events are stored. Section <c>Storage</c>.</summary>
public sealed record StorageOptions
{
    /// <summary>
    /// Npgsql connection string. Its own timeouts, pool size and time zone do not count: those are the settings below, and UTC.
    /// A secret: never logged.
    /// </summary>
    public required string ConnectionString { get; init; }

    /// <summary>
    /// The file the connection string came from: the password is read from it anew for each connection. Null when it was
    /// given as a value.
    /// </summary>
    public SecretFile? ConnectionStringFile { get; init; }

    /// <summary>PostgreSQL schema of all tables: a lower-case identifier. Default <c>ruangkerja</c>.</summary>
    public string Schema { get; init; } = "ruangkerja";

    /// <summary>What writes events and snapshots. Default <see cref="NpgsqlEngine"/>.</summary>
    public IStorageEngine Engine { get; init; } = NpgsqlEngine.Instance;

    /// <summary>Connections this process may hold at once. Default 20.</summary>
    public int MaxConnections { get; init; } = 20;

    /// <summary>Longest a statement may run before it is given up. Default 30 s.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest a connection may take to open. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public override string ToString() => $"StorageOptions {{ Schema = {Schema}, Engine = {Engine.Name} }}";
}
