namespace RuangKerja.Events.Relay;

/// <summary>How events reach the broker. Section <c>Relay</c>.</summary>
public sealed record RelayOptions
{
    /// <summary><c>amqp://user:password@host:port/vhost</c>, or <c>amqps://…</c>. Holds a secret: never logged.</summary>
    public required Uri RabbitMqUri { get; init; }

    /// <summary>
    /// The file the address came from: user and password are read from it anew for each connection. Null when it was given
    /// as a value.
    /// </summary>
    public SecretFile? RabbitMqUriFile { get; init; }

    /// <summary>Outbox rows taken at once, 1 … 10,000. Default 500.</summary>
    public int BatchSize { get; init; } = 500;

    /// <summary>Longest wait for the broker's confirm of one message, 1 s … 5 min. Default 15 s.</summary>
    public TimeSpan PublishTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often the relay looks when nothing wakes it, 100 ms … 5 min. Default 5 s.</summary>
    public TimeSpan SafetyInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long rows that no queue took are kept to be shown, 1 h … 365 d. Default 7 d.</summary>
    public TimeSpan UnroutableRetention { get; init; } = TimeSpan.FromDays(7);

    /// <summary>From one look at the broker to the next: as often as the relay looks, and at least so often.</summary>
    internal static readonly TimeSpan LongestLookInterval = TimeSpan.FromSeconds(5);

    /// <inheritdoc cref="LongestLookInterval" />
    internal TimeSpan LookInterval => SafetyInterval < LongestLookInterval ? SafetyInterval : LongestLookInterval;

    /// <summary>
    /// A connection that has been silent for twice this is given up; whole seconds. Not a setting: tests have no 20 s to wait.
    /// </summary>
    internal TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// When no commands are consumed for so long, from a broker that is well, their connection is opened anew: longer than the
    /// 30 s that MassTransit waits at most before it tries again by itself. Not a setting, either.
    /// </summary>
    internal TimeSpan ConsumerPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether two addresses lead to the same virtual host of the same broker, whoever the user is.</summary>
    public static bool IsSameBroker(Uri one, Uri other) => Place(one) == Place(other);

    /// <inheritdoc />
    public override string ToString() => $"RelayOptions {{ RabbitMq = {RabbitMqUri.Host}:{RabbitMqUri.Port} }}";

    private static BrokerAddress Place(Uri uri) => BrokerAddress.Parse(uri) with { User = "", Password = "" };
}
