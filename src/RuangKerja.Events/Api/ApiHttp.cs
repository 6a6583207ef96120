using System.Net;
using System.Net.Http.Headers;

namespace RuangKerja.Events.Api;

/// <summary>One request in its turn, one whole answer, within the attempt's time and size; all else is a <see cref="RuangKerjaApiException"/>.</summary>
internal sealed class ApiHttp : IDisposable
{
    private readonly HttpClient _client;
    private readonly ApiOptions _options;
    private readonly TimeProvider _time;
    private readonly Uri _root;
    private readonly RequestRate _rate;

    public ApiHttp(ApiOptions options, TimeProvider time, HttpMessageHandler? handler)
    {
        _options = options;
        _time = time;
        _root = RootOf(options.BaseUrl);
        _rate = new RequestRate(options.RequestsPerSecond, time);
        _client = new HttpClient(handler ?? NewHandler(), disposeHandler: handler is null)
        {
            // The attempt's deadline covers the body too and follows the given clock.
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Asks once.</summary>
    /// <param name="operation">What is being asked, for messages.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">Relative to the base address.</param>
    /// <param name="body">The JSON to send; empty for none.</param>
    /// <param name="token">The access token; null for the one request that has none.</param>
    /// <param name="read">Reads the body of an answer that may be a success.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <returns>What is in an answer that is JSON and does not call itself a failure, and when it was given.</returns>
    public async Task<(T Content, DateTimeOffset? AnsweredAt)> SendAsync<T>(
        ApiOperation operation,
        HttpMethod method,
        string path,
        ReadOnlyMemory<byte> body,
        string? token,
        BodyReader<T> read,
        CancellationToken cancellationToken
    )
    {
        // Before the attempt's time begins: the API is not to blame for our own slowness.
        await _rate.WaitAsync(cancellationToken);
        using var request = NewRequest(method, path, body, token);
        var (answer, received) = await ReceiveAsync(operation, request, read, cancellationToken);

        var foreign = new ForeignText(_options.Credentials.ClientSecret, token);
        return ApiFailures.FromAnswer(operation, answer, received.Error, received.Fault, foreign) is { } failure
            ? throw failure
            : (received.Content!, answer.At);
    }

    public void Dispose() => _client.Dispose();

    private static SocketsHttpHandler NewHandler() =>
        new()
        {
            // A redirect would carry the token to wherever it points.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            // Connections are reused, and replaced often enough to follow a change of address.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };

    private static Uri RootOf(Uri baseUrl)
    {
        if (!baseUrl.IsAbsoluteUri || baseUrl.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException(
                $"BaseUrl is '{baseUrl}', expected an absolute http or https address.",
                nameof(baseUrl)
            );
        }

        return new Uri(baseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
    }

    private HttpRequestMessage NewRequest(HttpMethod method, string path, ReadOnlyMemory<byte> body, string? token)
    {
        // A GET has a body as well, an empty one: without it no Content-Type goes out, and the API wants one.
        var request = new HttpRequestMessage(method, new Uri(_root, path))
        {
            Content = new ReadOnlyMemoryContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("RuangKerja.Events", null));
        if (token is not null)
        {
            // The bare token: as a typed header it would be taken for a scheme.
            request.Headers.TryAddWithoutValidation("Authorization", token);
        }

        return request;
    }

    private async Task<(ApiAnswer, ReadBody<T>)> ReceiveAsync<T>(
        ApiOperation operation,
        HttpRequestMessage request,
        BodyReader<T> read,
        CancellationToken cancellationToken
    )
    {
        using var deadline = new CancellationTokenSource(_options.AttemptTimeout, _time);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var response = await _client.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                attempt.Token
            );
            var body = await ReadAsync(response, read, attempt.Token);
            var answer = new ApiAnswer(
                (int)response.StatusCode,
                response.Headers.Date,
                RetryAfter.Parse(HeaderOf(response, "Retry-After"), _time.GetUtcNow()),
                HeaderOf(response, "Location"),
                response.Content.Headers.ContentType?.MediaType,
                body.Head,
                body.Length,
                body.IsWhole
            );
            return (answer, body);
        }
        catch (Exception exception)
            when (exception is HttpRequestException or IOException or InvalidDataException or OperationCanceledException
            )
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw ApiFailures.FromException(operation, exception, _options);
        }
    }

    private async Task<ReadBody<T>> ReadAsync<T>(
        HttpResponseMessage response,
        BodyReader<T> read,
        CancellationToken cancellationToken
    )
    {
        // The announced length can only refuse: a body is as long as it turns out to be.
        if (response.Content.Headers.ContentLength > _options.MaxAnswerBytes)
        {
            return new(AnswerFault.TooLarge, ErrorBody.None, Head: default, 0, IsWhole: false, Content: default);
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return await read(body, _options.MaxAnswerBytes, cancellationToken);
        }

        var said = await DocumentBody.ReadAsync(body, _options.MaxAnswerBytes, cancellationToken);
        return new(said.Fault, said.Error, said.Head, said.Length, said.IsWhole, Content: default);
    }

    private static string? HeaderOf(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
