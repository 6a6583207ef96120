namespace RuangKerja.Events.Relay;

/// <summary>What an <c>amqp[s]://user:password@host:port/vhost</c> address says.</summary>
internal sealed record BrokerAddress(
    string Host,
    ushort Port,
    string VirtualHost,
    string User,
    string Password,
    bool Encrypted
)
{
    private const ushort PlainPort = 5672;
    private const ushort EncryptedPort = 5671;

    public static BrokerAddress Parse(Uri uri)
    {
        var encrypted = uri.Scheme is "amqps" or "rabbitmqs";
        var user = uri.UserInfo.Split(':', 2);
        return new BrokerAddress(
            uri.Host,
            uri.Port > 0 ? (ushort)uri.Port
                : encrypted ? EncryptedPort
                : PlainPort,
            uri.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(uri.AbsolutePath[1..]) : "/",
            Uri.UnescapeDataString(user[0]),
            user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "",
            encrypted
        );
    }

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{User}@{Host}:{Port}{VirtualHost}";
}
