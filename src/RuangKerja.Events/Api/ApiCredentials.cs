using System.Text;
using Microsoft.Extensions.Logging;

namespace RuangKerja.Events.Api;

/// <summary>One company's access to the API. The secret is never printed.</summary>
/// <param name="ClientId">The client id; it may appear in messages.</param>
/// <param name="ClientSecret">The client secret; it must not.</param>
public sealed record ApiCredentials(string ClientId, string ClientSecret)
{
    /// <summary>
    /// The file the secret came from: it is read anew for each access token. Null when the secret was given as a value.
    /// </summary>
    public SecretFile? ClientSecretFile { get; init; }

    /// <summary>The same with the secret as it is now.</summary>
    internal ApiCredentials Current(ILogger logger) =>
        ClientSecretFile is { } file ? this with { ClientSecret = file.Read(logger) } : this;

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("ClientId = ").Append(ClientId).Append(", ClientSecret = ***");
        return true;
    }
}
