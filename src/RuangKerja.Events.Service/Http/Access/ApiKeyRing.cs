using System.Security.Cryptography;
using System.Text;
using RuangKerja.Events.Service.Configuration;

namespace RuangKerja.Events.Service.Http.Access;

/// <summary>The keys that are let in: their files are looked at once a second at most, however many ask.</summary>
public sealed class ApiKeyRing(HttpOptions options, TimeProvider time, ILogger<ApiKeyRing> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly List<WatchedKey> _watched = [.. options.ApiKeys.Select(key => new WatchedKey(key, time, logger))];
    private List<(ApiKey Key, byte[] Hash)> _known = [];
    private string _shared = "";
    private long? _lookedAt;

    /// <summary>Whether whoever reaches the service is let in. Keys that are taken away do not make it so.</summary>
    public bool IsEmpty => options.ApiKeys.Count == 0;

    /// <summary>
    /// The key with this secret; null when there is none. Takes as long for a wrong one as for a right one: all are compared,
    /// and by their hashes.
    /// </summary>
    public ApiKey? Find(string secret)
    {
        ApiKey? found = null;
        var hash = HashOf(secret);
        foreach (var (key, known) in Known())
        {
            if (CryptographicOperations.FixedTimeEquals(hash, known))
                found = key;
        }

        return found;
    }

    private List<(ApiKey Key, byte[] Hash)> Known()
    {
        lock (_gate)
        {
            if (_lookedAt is { } last && time.GetElapsedTime(last) < Interval)
                return _known;

            _lookedAt = time.GetTimestamp();
            var bySecret = _watched
                .Select(watched => (watched.Key, Secret: watched.Look()))
                .Where(held => held.Secret is not null)
                .ToLookup(held => held.Secret!, held => held.Key);
            TellShared(string.Join("; ", bySecret.Where(same => same.Count() > 1).Select(NamesOf)));
            // Whose secret two keys have, nobody can say, nor what it may do.
            return _known = [
                .. bySecret.Where(same => same.Count() == 1).Select(one => (one.First(), HashOf(one.Key))),
            ];
        }
    }

    private void TellShared(string shared)
    {
        if (shared.Length > 0 && shared != _shared)
            ApiKeyLog.Shared(logger, shared);
        _shared = shared;
    }

    private static string NamesOf(IEnumerable<ApiKey> keys) => string.Join(", ", keys.Select(key => key.Name));

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
