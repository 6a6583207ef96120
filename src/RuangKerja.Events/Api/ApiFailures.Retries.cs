using Polly.CircuitBreaker;
using Polly.Timeout;

namespace RuangKerja.Events.Api;

internal static partial class ApiFailures
{
    /// <summary>Nothing was asked: lately nearly all that was asked had failed.</summary>
    public static RuangKerjaApiException CircuitOpen(
        ApiOperation operation,
        BrokenCircuitException open,
        ApiOptions options
    )
    {
        var wait = open.RetryAfter ?? ApiRetries.Break;
        return new(
            ApiFailureKind.Transient,
            operation.Doing,
            $"not asked: {options.BaseUrl.Authority} failed too often of late and is left alone for {wait:c}"
                + After(open.InnerException as RuangKerjaApiException),
            Hints.Transient,
            open
        )
        {
            RetryAfter = wait,
        };
    }

    /// <summary>The attempts, the pauses between them and the wait for a turn took too long together.</summary>
    public static RuangKerjaApiException TotalTimeExceeded(
        ApiOperation operation,
        TimeoutRejectedException exceeded,
        RuangKerjaApiException? last,
        ApiOptions options
    ) =>
        new(
            ApiFailureKind.Transient,
            operation.Doing,
            $"no complete answer within {options.TotalTimeout} in all{After(last)}",
            Hints.OwnTime,
            exceeded
        )
        {
            NarrowerWindowMayHelp = operation.HasWindow,
        };

    private static string After(RuangKerjaApiException? last) =>
        last is null ? "" : $"; the last failure was: {last.Found}";
}
