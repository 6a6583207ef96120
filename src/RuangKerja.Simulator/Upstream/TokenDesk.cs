using System.Collections.Concurrent;
using System.Security.Cryptography;
using RuangKerja.Simulator.People;

namespace RuangKerja.Simulator.Upstream;

/// <summary>The access tokens that are out. Thread-safe.</summary>
internal sealed class TokenDesk(TimeSpan lifetime, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (Company Company, DateTimeOffset ExpiresAt)> _out = new();

    /// <summary>A new token; the ones given out before stay good.</summary>
    public string Issue(Company company)
    {
        var token = RandomNumberGenerator.GetHexString(40, lowercase: true);
        _out[token] = (company, time.GetUtcNow() + lifetime);
        return token;
    }

    /// <summary>Whose token this is; null when it was never given out, has expired or was revoked.</summary>
    public Company? Holder(string token) =>
        _out.TryGetValue(token, out var known) && time.GetUtcNow() < known.ExpiresAt ? known.Company : null;

    public void ExpireAll() => _out.Clear();
}
