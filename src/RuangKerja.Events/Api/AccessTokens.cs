using Microsoft.Extensions.Logging;

namespace RuangKerja.Events.Api;

/// <summary>
/// The company's access token: fetched once for all who ask at the same time, renewed at 80 % of its life, and once
/// when the API turns it down. A token endpoint that refuses, or asks to wait, is left alone for a while.
/// </summary>
internal sealed class AccessTokens(ApiHttp http, ApiCredentials credentials, TimeProvider time, ILogger logger)
    : IDisposable
{
    /// <summary>How long a refusal is believed, and how long an early renewal that failed is not tried again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private AccessToken? _current;
    private Task<AccessToken>? _fetching;
    private Setback? _setback;

    /// <summary>The current token, or a new one when it is due. While it lives, a failed renewal does no harm.</summary>
    public async Task<AccessToken> GetAsync(CancellationToken cancellationToken)
    {
        AccessToken? living;
        Task<AccessToken> fetching;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_current is { } current && !current.IsDue(now))
            {
                return current;
            }

            living = _current?.IsAlive(now) is true ? _current : null;
            if (living is not null && _setback?.IsRecent(now) is true)
            {
                return living;
            }

            fetching = Fetch(now, afterRejection: false);
        }

        try
        {
            return await fetching.WaitAsync(cancellationToken);
        }
        catch (RuangKerjaApiException failure) when (living is not null)
        {
            RuangKerjaApi.Log.EarlyRenewalFailed(logger, failure);
            return living;
        }
    }

    /// <summary>A token other than the one the API turned down; null when that one was itself a renewal just made.</summary>
    public async Task<AccessToken?> RenewAsync(AccessToken rejected, CancellationToken cancellationToken)
    {
        Task<AccessToken> fetching;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (rejected.IsHopeless(now, Pause))
            {
                return null;
            }

            if (_current != rejected)
            {
                return _current;
            }

            fetching = Fetch(now, afterRejection: true);
        }

        return await fetching.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    /// <summary>Joins the fetch under way or begins one; called under the gate.</summary>
    private Task<AccessToken> Fetch(DateTimeOffset now, bool afterRejection)
    {
        if (_fetching is { IsCompleted: false })
        {
            return _fetching;
        }

        if (_setback?.Standing(now) is { } standing)
        {
            return Task.FromException<AccessToken>(standing);
        }

        // Not the caller's task: when that caller gives up, the others still wait.
        var stopping = _stopping.Token;
        return _fetching = Task.Run(() => FetchAsync(afterRejection, stopping), stopping);
    }

    private async Task<AccessToken> FetchAsync(bool afterRejection, CancellationToken stopping)
    {
        try
        {
            var askedAt = time.GetUtcNow();
            var body = TokenRequest.Body(credentials.Current(logger));
            var (answer, _) = await http.SendAsync(
                TokenRequest.Operation,
                HttpMethod.Post,
                TokenRequest.Path,
                body,
                token: null,
                DocumentBody.ReadAsync,
                stopping
            );
            var (value, life) = TokenRequest.Read(answer);
            if (life is null)
            {
                RuangKerjaApi.Log.TokenLifeAssumed(logger, TokenRequest.AssumedLife);
            }

            var token = new AccessToken(value, askedAt, life ?? TokenRequest.AssumedLife, afterRejection);
            lock (_gate)
            {
                _current = token;
                _setback = null;
            }

            RuangKerjaApi.Log.TokenFetched(logger, token.Life);
            return token;
        }
        catch (RuangKerjaApiException failure)
        {
            lock (_gate)
            {
                _setback = new Setback(failure, time.GetUtcNow());
            }

            throw;
        }
    }

    /// <summary>The last fetch failed.</summary>
    private sealed record Setback(RuangKerjaApiException Failure, DateTimeOffset At)
    {
        public bool IsRecent(DateTimeOffset now) => Within(now, Pause);

        /// <summary>The same failure again, while asking would not change it; else null.</summary>
        public RuangKerjaApiException? Standing(DateTimeOffset now) =>
            Failure.Kind switch
            {
                ApiFailureKind.Configuration when Within(now, Pause) => Failure.Again(Failure.RetryAfter),
                ApiFailureKind.Throttled when Failure.RetryAfter is { } wait && Within(now, wait) => Failure.Again(
                    At + wait - now
                ),
                _ => null,
            };

        // A clock that went back must not prolong the wait.
        private bool Within(DateTimeOffset now, TimeSpan span) => now >= At && now - At < span;
    }
}
