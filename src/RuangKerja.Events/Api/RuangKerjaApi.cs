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

    // A roster that fails again and again must not keep anybody from asking for the feed.
    private readonly ApiRetries _feedRetries;
    private readonly ApiRetries _pageRetries;

    private RuangKerjaApi(ApiOptions options, TimeProvider time, ILogger logger, ApiHttp http)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _http = http;
        _tokens = new AccessTokens(http, options.Credentials, time, logger);
        _feedRetries = new ApiRetries(options, time, logger);
        _pageRetries = new ApiRetries(options, time, logger);
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
    public async Task<FeedAnswer> ReadFeedAsync(FeedWindow window, CancellationToken cancellationToken)
    {
        var request = FeedRequest.Of(window, _options.TimeZone);
        var started = _time.GetTimestamp();
        var (content, answeredAt) = await GetAsync(request, _feedRetries, cancellationToken);
        var rows = Envelope.Whole(content, request.Operation);

        Log.FeedRead(_logger, rows.Count, window.From, window.To, _time.GetElapsedTime(started));
        if (rows.Count(row => row.Malformations.Count > 0) is var malformed and > 0)
        {
            Log.RowsMalformed(_logger, malformed, rows.Count);
        }

        return new(rows, answeredAt);
    }

    /// <inheritdoc/>
    public async Task<CataloguePage> ReadCataloguePageAsync(int page, CancellationToken cancellationToken)
    {
        var request = CatalogueRequest.Of(page);
        var (rows, numbers, answeredAt) = await GetPageAsync(request, row => row.Malformations, cancellationToken);
        return new(rows, numbers, answeredAt);
    }

    /// <inheritdoc/>
    public async Task<RosterPage> ReadRosterPageAsync(
        string courseSerial,
        int page,
        CancellationToken cancellationToken
    )
    {
        var request = RosterRequest.Of(courseSerial, page);
        var (rows, numbers, answeredAt) = await GetPageAsync(request, row => row.Malformations, cancellationToken);
        return new(rows, numbers, answeredAt);
    }

    /// <summary>Ends the client's connections.</summary>
    public void Dispose()
    {
        _tokens.Dispose();
        _http.Dispose();
    }

    private async Task<(IReadOnlyList<T> Rows, PageNumbers Numbers, DateTimeOffset? AnsweredAt)> GetPageAsync<T>(
        ListRequest<T> request,
        Func<T, IReadOnlyList<string>> malformationsOf,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var started = _time.GetTimestamp();
        var (content, answeredAt) = await GetAsync(request, _pageRetries, cancellationToken);
        var (rows, numbers) = Envelope.Page(content, request.Operation);

        Log.PageRead(_logger, request.Operation.Doing, rows.Count, _time.GetElapsedTime(started));
        if (rows.Count(row => malformationsOf(row).Count > 0) is var malformed and > 0)
        {
            Log.PageRowsMalformed(_logger, request.Operation.Doing, malformed, rows.Count);
        }

        return (rows, numbers, answeredAt);
    }

    /// <summary>Asks, and asks again what may pass by itself; a token that is turned down is renewed once in all.</summary>
    private Task<(ListContent<T> Content, DateTimeOffset? AnsweredAt)> GetAsync<T>(
        ListRequest<T> request,
        ApiRetries retries,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var renewed = false;
        return retries.RunAsync(request.Operation, AttemptAsync, cancellationToken);

        async Task<(ListContent<T>, DateTimeOffset?)> AttemptAsync(CancellationToken attempt)
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

    private async Task<(ListContent<T> Content, DateTimeOffset? AnsweredAt)> GetAsync<T>(
        ListRequest<T> request,
        AccessToken token,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var answer = await _http.SendAsync(
            request.Operation,
            HttpMethod.Get,
            request.Path,
            body: default,
            token.Value,
            (body, maxBytes, attempt) => ListBody.ReadAsync(request.NewReader(), body, maxBytes, attempt),
            cancellationToken
        );
        token.Accepted();
        return answer;
    }
}
