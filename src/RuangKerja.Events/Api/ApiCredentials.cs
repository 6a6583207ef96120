using System.Text;

namespace RuangKerja.Events.Api;

/// <summary>One company's access to the API. The secret is never printed.</summary>
/// <param name="ClientId">The client id; it may appear in messages.</param>
/// <param name="ClientSecret">The client secret; it must not.</param>
public sealed record ApiCredentials(string ClientId, string ClientSecret)
{
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("ClientId = ").Append(ClientId).Append(", ClientSecret = ***");
        return true;
    }
}
