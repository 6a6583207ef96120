using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace RuangKerja.Events.Api;

/// <summary>
/// How often one company's API is asked again: within the total time, failures that may pass are retried with growing,
/// scattered pauses, or after as long as the API asks for; once most attempts fail so, nobody asks for a while.
/// </summary>
/// <remarks>From the outside in: total timeout, retry, circuit breaker, attempt. The attempt has its own timeout.</remarks>
internal sealed class ApiRetries
{
    /// <summary>The circuit opens when at least this many attempts were made …</summary>
    public const int FewestAttempts = 6;

    /// <summary>… within this time …</summary>
    public static readonly TimeSpan Observed = TimeSpan.FromMinutes(2);

    /// <summary>… and this share of them failed transiently; one good answer in between does not hide an outage.</summary>
    public const double FailedShare = 0.6;

    /// <summary>How long the circuit stays open; then one attempt decides.</summary>
    public static readonly TimeSpan Break = TimeSpan.FromSeconds(30);

    /// <summary>The pauses between attempts, where the API asks for none.</summary>
    public static readonly Backoff Pauses = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));

    private static readonly ResiliencePropertyKey<Reading> ReadingKey = new("reading");

    private readonly ApiOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline _pipeline;
    private readonly Random _jitter = new();

    public ApiRetries(ApiOptions options, TimeProvider time, ILogger logger)
    {
        _options = options;
        _time = time;
        _logger = logger;
        var builder = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(options.TotalTimeout);
        if (options.Retries > 0)
        {
            builder.AddRetry(Retry());
        }

        _pipeline = builder.AddCircuitBreaker(Breaker()).Build();
    }

    /// <summary>Runs the attempt until it succeeds, fails for good, or no further attempt fits.</summary>
    /// <exception cref="RuangKerjaApiException">The last failure; that time is up; or that nobody asks for now.</exception>
    public async Task<T> RunAsync<T>(
        ApiOperation operation,
        Func<CancellationToken, Task<T>> attempt,
        CancellationToken cancellationToken
    )
    {
        var reading = new Reading(operation, _time.GetTimestamp());
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(ReadingKey, reading);
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (context, attempt) => await attempt(context.CancellationToken),
                context,
                attempt
            );
        }
        catch (BrokenCircuitException open)
        {
            throw ApiFailures.CircuitOpen(operation, open, _options);
        }
        catch (TimeoutRejectedException exceeded)
        {
            throw ApiFailures.TotalTimeExceeded(operation, exceeded, reading.Last, _options);
        }
        catch (OperationCanceledException cancelled) when (cancellationToken.IsCancellationRequested)
        {
            // The caller knows its own token, not the one that also ends with the total time.
            throw new OperationCanceledException(cancelled.Message, cancelled, cancellationToken);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private RetryStrategyOptions Retry() =>
        new()
        {
            MaxRetryAttempts = _options.Retries,
            ShouldHandle = arguments => ValueTask.FromResult(IsWorthAnother(arguments)),
            DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(ReadingOf(arguments.Context).Pause),
            OnRetry = arguments =>
            {
                var reading = ReadingOf(arguments.Context);
                RuangKerjaApi.Log.Retried(
                    _logger,
                    reading.Operation.Doing,
                    reading.Last!.Found,
                    arguments.RetryDelay,
                    arguments.AttemptNumber + 1,
                    _options.Retries
                );
                return ValueTask.CompletedTask;
            },
        };

    /// <summary>Whether the failure may pass, and the pause and a whole attempt still fit into the total time.</summary>
    private bool IsWorthAnother(RetryPredicateArguments<object> arguments)
    {
        if (
            arguments.Outcome.Exception
            is not RuangKerjaApiException { Kind: ApiFailureKind.Transient or ApiFailureKind.Throttled } failure
        )
        {
            return false;
        }

        var reading = ReadingOf(arguments.Context);
        reading.Last = failure;
        reading.Pause = Longer(Pauses.Delay(arguments.AttemptNumber + 1, NextJitter()), failure.RetryAfter);
        return _time.GetElapsedTime(reading.Started) + reading.Pause + _options.AttemptTimeout <= _options.TotalTimeout;
    }

    private CircuitBreakerStrategyOptions Breaker() =>
        new()
        {
            FailureRatio = FailedShare,
            MinimumThroughput = FewestAttempts,
            SamplingDuration = Observed,
            BreakDuration = Break,
            ShouldHandle = arguments =>
                ValueTask.FromResult(
                    arguments.Outcome.Exception is RuangKerjaApiException { Kind: ApiFailureKind.Transient }
                ),
            OnOpened = arguments =>
            {
                RuangKerjaApi.Log.CircuitOpened(_logger, _options.BaseUrl.Authority, arguments.BreakDuration);
                return ValueTask.CompletedTask;
            },
            OnClosed = _ =>
            {
                RuangKerjaApi.Log.CircuitClosed(_logger, _options.BaseUrl.Authority);
                return ValueTask.CompletedTask;
            },
        };

    private double NextJitter()
    {
        lock (_jitter)
        {
            return _jitter.NextDouble();
        }
    }

    private static Reading ReadingOf(ResilienceContext context) => context.Properties.GetValue(ReadingKey, null!);

    private static TimeSpan Longer(TimeSpan pause, TimeSpan? asked) => asked > pause ? asked.Value : pause;

    /// <summary>One call of <see cref="RunAsync"/>.</summary>
    private sealed class Reading(ApiOperation operation, long started)
    {
        public ApiOperation Operation => operation;

        public long Started => started;

        /// <summary>The failure of the attempt before; null in the first.</summary>
        public RuangKerjaApiException? Last { get; set; }

        /// <summary>Before the next attempt.</summary>
        public TimeSpan Pause { get; set; }
    }
}
