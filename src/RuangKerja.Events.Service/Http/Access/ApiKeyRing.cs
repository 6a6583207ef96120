using System.Security.Cryptography;
using System.Text;
using RuangKerja.Events.Service.Configuration;

namespace RuangKerja.Events.Service.Http.Access;

/// <summary>The keys that are let in.</summary>
public sealed class ApiKeyRing(HttpOptions options, ILogger<ApiKeyRing> logger)
{
    /// <summary>Whether whoever reaches the service is let in.</summary>
    public bool IsEmpty => options.ApiKeys.Count == 0;

    /// <summary>
    /// The key with this secret; null when there is none. Takes as long for a wrong one as for a right one: all are compared,
    /// and by their hashes.
    /// </summary>
    public ApiKey? Find(string secret)
    {
        ApiKey? found = null;
        var hash = HashOf(secret);
        foreach (var key in options.ApiKeys)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, HashOf(key.Current(logger))))
                found = key;
        }

        return found;
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
