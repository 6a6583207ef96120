using System.Security.Authentication;

namespace RuangKerja.Events.Api;

/// <summary>The one place that decides what a failure of the API asks for.</summary>
internal static partial class ApiFailures
{
    /// <summary>Judges an answer by what its body says of itself, then by its HTTP status, then by its form.</summary>
    /// <returns>The failure; null for an answer that is a JSON document and does not call itself a failure.</returns>
    public static RuangKerjaApiException? FromAnswer(
        ApiOperation operation,
        ApiAnswer answer,
        ErrorBody error,
        AnswerFault fault,
        ForeignText foreign
    )
    {
        if (error.IsFailure || !answer.IsSuccess)
        {
            return Reported(operation, answer, error, foreign);
        }

        return fault is AnswerFault.None ? null : Malformed(operation, answer, fault, foreign);
    }

    /// <summary>The answer is JSON, but not of the documented shape.</summary>
    public static RuangKerjaApiException OfShape(ApiOperation operation, string found) =>
        new(ApiFailureKind.Contract, operation.Doing, found, Hints.Contract);

    /// <summary>The feed's answer says that it is not the whole: a narrower window's may be.</summary>
    public static RuangKerjaApiException OfPart(ApiOperation operation, string found) =>
        new(ApiFailureKind.Contract, operation.Doing, found, Hints.Narrower)
        {
            NarrowerWindowMayHelp = operation.HasWindow,
        };

    /// <summary>Nothing was asked: no path can hold the course's serial.</summary>
    public static RuangKerjaApiException OfSerial(ApiOperation operation, int longest) =>
        new(
            ApiFailureKind.Contract,
            operation.Doing,
            $"not asked: a serial that is empty, \".\", \"..\" or longer than {longest} characters fits into no path",
            Hints.Serial
        );

    /// <summary>Judges what was thrown while asking; the caller's own cancellation has been dealt with.</summary>
    public static RuangKerjaApiException FromException(ApiOperation operation, Exception exception, ApiOptions options)
    {
        var host = options.BaseUrl.Authority;
        return exception switch
        {
            OperationCanceledException { InnerException: TimeoutException } => new(
                ApiFailureKind.Transient,
                operation.Doing,
                $"no connection to {host} came about in time",
                Hints.Transient,
                exception
            ),
            OperationCanceledException => new(
                ApiFailureKind.Transient,
                operation.Doing,
                $"{host} gave no complete answer within {options.AttemptTimeout}",
                Hints.Transient,
                exception
            )
            {
                NarrowerWindowMayHelp = operation.HasWindow,
            },
            HttpRequestException { InnerException: AuthenticationException } => new(
                ApiFailureKind.Configuration,
                operation.Doing,
                $"no trusted TLS connection to {host} ({exception.InnerException.Message})",
                Hints.Tls,
                exception
            ),
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => new(
                ApiFailureKind.Contract,
                operation.Doing,
                $"the answer's headers are too large ({exception.Message})",
                Hints.Contract,
                exception
            ),
            _ => new(
                ApiFailureKind.Transient,
                operation.Doing,
                $"the connection to {host} failed ({exception.Message})",
                Hints.Transient,
                exception
            ),
        };
    }

    private static RuangKerjaApiException Reported(
        ApiOperation operation,
        ApiAnswer answer,
        ErrorBody error,
        ForeignText foreign
    )
    {
        var found = Found(operation, answer, error, foreign);
        if (SaysMessageTooLarge(error))
        {
            return new(ApiFailureKind.Contract, operation.Doing, found, TooMuch(operation))
            {
                HttpStatus = answer.HttpStatus,
                ErrorCode = error.Code,
                NarrowerWindowMayHelp = operation.HasWindow,
            };
        }

        var @class = ClassOf(operation, answer, error);
        var isRefusal = @class is FailureClass.Refused && error.IsFailure;
        var (kind, hint) = @class switch
        {
            FailureClass.Authentication => (ApiFailureKind.Configuration, Hints.Credentials),
            FailureClass.Throttled => (ApiFailureKind.Throttled, Hints.Throttled),
            FailureClass.Transient => (ApiFailureKind.Transient, Hints.Transient),
            _ when answer.HttpStatus is 407 => (ApiFailureKind.Configuration, Hints.Proxy),
            _ when isRefusal => (ApiFailureKind.Contract, Hints.Refused),
            _ when answer.HttpStatus is 404 || answer.IsRedirect => (ApiFailureKind.Contract, Hints.Address),
            _ when answer.HttpStatus is 413 or 414 => (ApiFailureKind.Contract, TooMuch(operation)),
            _ => (ApiFailureKind.Contract, Hints.Contract),
        };
        return new(kind, operation.Doing, found, hint)
        {
            HttpStatus = answer.HttpStatus,
            ErrorCode = error.Code,
            RetryAfter = answer.RetryAfter,
            NarrowerWindowMayHelp = operation.HasWindow && (answer.HttpStatus is 413 or 504 || IsDeadline(error)),
            IsAuthentication = @class is FailureClass.Authentication,
            IsRefusal = isRefusal,
        };
    }

    private static FailureClass ClassOf(ApiOperation operation, ApiAnswer answer, ErrorBody error)
    {
        if (operation.AsksForToken && RefusesCredentials(error))
        {
            return FailureClass.Authentication;
        }

        if (answer.HttpStatus is 429 || (answer.HttpStatus is 503 && answer.RetryAfter is not null))
        {
            return FailureClass.Throttled;
        }

        return CodeWord.Find(error.Message, error.Detail)?.Class
            ?? ClassOfNumber(error.Code)
            ?? ClassOfNumber(answer.HttpStatus)
            ?? FailureClass.Broken;
    }

    /// <summary>HTTP's numbers, which the API also uses as error codes; null for one that says nothing.</summary>
    private static FailureClass? ClassOfNumber(int? number) =>
        number switch
        {
            401 or 403 => FailureClass.Authentication,
            429 => FailureClass.Throttled,
            408 or 425 => FailureClass.Transient,
            400 or 404 or 409 or 410 or 422 => FailureClass.Refused,
            >= 400 and <= 499 => FailureClass.Broken,
            >= 500 and <= 599 => FailureClass.Transient,
            _ => null,
        };

    private static RuangKerjaApiException Malformed(
        ApiOperation operation,
        ApiAnswer answer,
        AnswerFault fault,
        ForeignText foreign
    )
    {
        var (kind, found, hint) = fault switch
        {
            AnswerFault.Truncated => (
                ApiFailureKind.Transient,
                $"HTTP {answer.HttpStatus} with a body that ends in the middle, after {answer.Length} bytes",
                Hints.Transient
            ),
            AnswerFault.TooLarge => (
                ApiFailureKind.Contract,
                $"HTTP {answer.HttpStatus} with a body larger than is read",
                TooMuch(operation)
            ),
            AnswerFault.TooDeep => (
                ApiFailureKind.Contract,
                $"HTTP {answer.HttpStatus} with JSON nested deeper than {AnswerJson.MaxDepth} levels",
                Hints.Contract
            ),
            AnswerFault.NotUtf8 => (
                ApiFailureKind.Contract,
                $"HTTP {answer.HttpStatus} with a body that is not UTF-8",
                Hints.Contract
            ),
            _ => (
                ApiFailureKind.Contract,
                $"HTTP {answer.HttpStatus} with a body that is not JSON{Quoted(operation, answer, foreign)}",
                Hints.Contract
            ),
        };
        return new(kind, operation.Doing, found, hint)
        {
            HttpStatus = answer.HttpStatus,
            RetryAfter = answer.RetryAfter,
            NarrowerWindowMayHelp = operation.HasWindow && fault is AnswerFault.TooLarge,
        };
    }

    private static string TooMuch(ApiOperation operation) => operation.HasWindow ? Hints.Narrower : Hints.Contract;

    private static bool RefusesCredentials(ErrorBody error) =>
        Says(error, "credentials do") || Says(error, "invalid_client");

    // What Go's gRPC says when an inner answer outgrows its message limit: waiting does not make it smaller.
    private static bool SaysMessageTooLarge(ErrorBody error) => Says(error, "message larger than max");

    private static bool IsDeadline(ErrorBody error) => Says(error, "DeadlineExceeded");

    private static bool Says(ErrorBody error, string words) =>
        error.Message?.Contains(words, StringComparison.OrdinalIgnoreCase) is true
        || error.Detail?.Contains(words, StringComparison.OrdinalIgnoreCase) is true;
}
