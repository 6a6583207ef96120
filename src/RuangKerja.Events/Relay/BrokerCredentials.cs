using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace RuangKerja.Events.Relay;

/// <summary>User and password of <c>Relay:RabbitMqUri</c>, as they are when a connection is made: they may change in their file.</summary>
public sealed class BrokerCredentials(RelayOptions options, ILogger<BrokerCredentials> logger) : ICredentialsProvider
{
    /// <inheritdoc />
    public string Name => "Relay:RabbitMqUri";

    /// <inheritdoc />
    public Task<Credentials> GetCredentialsAsync(CancellationToken cancellationToken = default)
    {
        var uri = options.RabbitMqUriFile is { } file ? new Uri(file.Read(logger)) : options.RabbitMqUri;
        var address = BrokerAddress.Parse(uri);
        return Task.FromResult(new Credentials(Name, address.User, address.Password, validUntil: null));
    }
}
