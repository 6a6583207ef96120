using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RuangKerja.Events.Api;

namespace RuangKerja.Events.Tests.Api;

/// <summary>The client before a loopback server, with a clock of the test's own and everything logged kept.</summary>
public sealed class ApiBench : IAsyncDisposable
{
    public const string Secret = "s3cret/with+\"quotes\"";

    public static readonly FeedWindow Window = new(
        DateTimeOffset.Parse("2019-10-12T07:20:50Z"),
        DateTimeOffset.Parse("2019-10-12T09:00:00+02:00").AddHours(1)
    );

    private readonly LoopbackServer _server;
    private readonly ILoggerFactory _loggers;
    private int _tokens;

    public ApiBench(Func<ApiOptions, ApiOptions>? with = null)
    {
        Token = _ => Reply.Token($"TOKEN-{Interlocked.Increment(ref _tokens)}");
        _server = new(request => AnswerAsync(request));
        Options = new()
        {
            BaseUrl = _server.Url,
            Credentials = new("client-1", Secret),
            TimeZone = TimeZoneInfo.CreateCustomTimeZone("WIB", TimeSpan.FromHours(7), null, null),
            // What is not about them sees each attempt as it is, at once.
            Retries = 0,
            RequestsPerSecond = 100,
        };
        Options = with?.Invoke(Options) ?? Options;
        _loggers = LoggerFactory.Create(logging =>
            logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new KeepingProvider(Logged))
        );
        Api = RuangKerjaApi.Create(Options, Time, _loggers);
    }

    public FakeTime Time { get; } = new();

    public ApiOptions Options { get; }

    public RuangKerjaApi Api { get; }

    public ConcurrentQueue<string> Logged { get; } = [];

    /// <summary>Answers the token endpoint.</summary>
    public Func<ReceivedRequest, Reply> Token { get; set; }

    /// <summary>Answers everything else.</summary>
    public Func<ReceivedRequest, Reply> Data { get; set; } = _ => Reply.Feed();

    /// <summary>Waited for before any answer leaves.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public IEnumerable<ReceivedRequest> TokenRequests => _server.Received.Where(request => request.AsksForToken);

    public IEnumerable<ReceivedRequest> DataRequests => _server.Received.Where(request => !request.AsksForToken);

    /// <summary>Reads the feed's rows.</summary>
    public async Task<IReadOnlyList<FeedRow>> ReadAsync(CancellationToken cancellationToken = default) =>
        (await EndAsync(Api.ReadFeedAsync(Window, cancellationToken))).Rows;

    public Task<RosterPage> ReadRosterAsync(string courseSerial = "COURSE-1", int page = 1) =>
        EndAsync(Api.ReadRosterPageAsync(courseSerial, page, CancellationToken.None));

    public Task<CataloguePage> ReadCatalogueAsync(int page = 1) =>
        EndAsync(Api.ReadCataloguePageAsync(page, CancellationToken.None));

    /// <summary>A reading that waits for a clock nobody moves fails the test instead of holding it up for ever.</summary>
    public static Task<T> EndAsync<T>(Task<T> reading) =>
        reading.WaitAsync(TimeSpan.FromSeconds(20), CancellationToken.None);

    /// <summary>Waits until a pause of the client is under way that ends before the given time, and lets it end.</summary>
    /// <returns>How long the pause was.</returns>
    public async Task<TimeSpan> PassPauseAsync(TimeSpan shorterThan)
    {
        await FakeTime.UntilAsync(() => Time.UntilNextTimer < shorterThan);
        var pause = Time.UntilNextTimer!.Value;
        Time.Advance(pause);
        return pause;
    }

    public async Task<RuangKerjaApiException> FailAsync() =>
        await Should.ThrowAsync<RuangKerjaApiException>(() => ReadAsync());

    public async Task<RuangKerjaApiException> FailRosterAsync(string courseSerial = "COURSE-1") =>
        await Should.ThrowAsync<RuangKerjaApiException>(() => ReadRosterAsync(courseSerial));

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _server.DisposeAsync();
        _loggers.Dispose();
    }

    private async Task<Reply> AnswerAsync(ReceivedRequest request)
    {
        await Gate;
        return request.AsksForToken ? Token(request) : Data(request);
    }

    private sealed class KeepingProvider(ConcurrentQueue<string> kept) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => kept.Enqueue($"{logLevel} {eventId.Id} {formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
