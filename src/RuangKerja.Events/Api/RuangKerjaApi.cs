using Microsoft.Extensions.Logging;

namespace RuangKerja.Events.Api;

/// <summary>The typed client of the API, for one company; safe for concurrent use.</summary>
public sealed partial class RuangKerjaApi : IRuangKerjaApi, IDisposable
{
    private readonly ApiOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly ApiHttp _http;
    private readonly AccessTokens _tokens;
    private readonly ApiRetries _retries;

    private RuangKerjaApi(ApiOptions options, TimeProvider time, ILogger logger, ApiHttp http)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _http = http;
        _tokens = new AccessTokens(http, options.Credentials, time, logger);
        _retries = new ApiRetries(options, time, logger);
    }

    /// <summary>Makes a client with connections of its own. Nothing is asked before the first request.</summary>
    /// <param name="options">Where the API is, and with what rights.</param>
    /// <param name="timeProvider">The clock for deadlines and the token's life.</param>
    /// <param name="loggerFactory">Where the client logs.</param>
    /// <param name="handler">Replaces the network; not disposed. Null for the real one.</param>
    /// <exception cref="ArgumentException">The base address is not an absolute http or https address.</exception>
    public static RuangKerjaApi Create(
        ApiOptions options,
        TimeProvider timeProvider,
        ILoggerFactory loggerFactory,
        HttpMessageHandler? handler = null
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(
            options,
            timeProvider,
            loggerFactory.CreateLogger<RuangKerjaApi>(),
            new ApiHttp(options, timeProvider, handler)
        );
    }

    /// <inheritdoc/>
    public DateTimeOffset? AnsweredAt => _http.AnsweredAt;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FeedRow>> ReadFeedAsync(FeedWindow window, CancellationToken cancellationToken)
    {
        var request = new FeedRequest(window, _options.TimeZone);
        var started = _time.GetTimestamp();
        var rows = await GetAsync(request, cancellationToken);

        Log.FeedRead(_logger, rows.Count, window.From, window.To, _time.GetElapsedTime(started));
        if (rows.Count(row => row.Malformations.Count > 0) is var malformed and > 0)
        {
            Log.RowsMalformed(_logger, malformed, rows.Count);
        }

        return rows;
    }

    /// <summary>Ends the client's connections.</summary>
    public void Dispose()
    {
        _tokens.Dispose();
        _http.Dispose();
    }

    /// <summary>Asks, and asks again what may pass by itself; a token that is turned down is renewed once in all.</summary>
    private Task<IReadOnlyList<FeedRow>> GetAsync(FeedRequest request, CancellationToken cancellationToken)
    {
        var renewed = false;
        return _retries.RunAsync(request.Operation, AttemptAsync, cancellationToken);

        async Task<IReadOnlyList<FeedRow>> AttemptAsync(CancellationToken attempt)
        {
            var token = await _tokens.GetAsync(attempt);
            try
            {
                return await GetAsync(request, token, attempt);
            }
            catch (RuangKerjaApiException failure) when (failure.IsAuthentication && !renewed)
            {
                if (await _tokens.RenewAsync(token, attempt) is not { } renewal)
                {
                    throw;
                }

                Log.TokenRejected(_logger, failure.Found);
                renewed = true;
                token = renewal;
            }

            return await GetAsync(request, token, attempt);
        }
    }

    private async Task<IReadOnlyList<FeedRow>> GetAsync(
        FeedRequest request,
        AccessToken token,
        CancellationToken cancellationToken
    )
    {
        var answer = await _http.SendAsync(
            request.Operation,
            HttpMethod.Get,
            request.Path,
            body: default,
            token.Value,
            FeedBody.ReadAsync,
            cancellationToken
        );
        token.Accepted();
        return Envelope.Items(answer.Envelope, answer.Rows, request.Operation);
    }
}
