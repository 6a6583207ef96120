using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace RuangKerja.Events.Relay;

/// <summary>Decides whether the broker's certificate is accepted: as the platform says, and with the reason when it is not.</summary>
internal static class BrokerTrust
{
    /// <summary>True when it is.</summary>
    /// <exception cref="AuthenticationException">It is not: false would leave nothing but that word for the log.</exception>
    public static bool Verify(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;

        var found = string.Join(", ", (chain?.ChainStatus ?? []).Select(status => status.Status).Distinct());
        var validity = certificate is X509Certificate2 { NotBefore: var from, NotAfter: var to }
            ? $"; it is valid from {Day(from)} to {Day(to)}"
            : "";
        throw new AuthenticationException($"{errors} ({found}){validity}");
    }

    private static string Day(DateTime day) =>
        day.ToUniversalTime().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
