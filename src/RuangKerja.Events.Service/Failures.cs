using Microsoft.AspNetCore.Connections;
using RuangKerja.Events.Api;
using RuangKerja.Events.Errors;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Service.Configuration;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Service;

/// <summary>How a command ended that did not do its work.</summary>
/// <param name="Message">What to tell a person: a stack trace only where the program itself is at fault.</param>
public sealed record Failure(ExitCode Code, string Message);

/// <summary>The one place that turns failures into exit codes and words.</summary>
public static class Failures
{
    /// <summary>Runs a command's work and reports its failure on standard error.</summary>
    public static async Task<int> ReportAsync(
        TextWriter error,
        Func<Task<ExitCode>> work,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return (int)await work();
        }
        catch (Exception exception)
        {
            var failure = Describe(exception, cancellationToken.IsCancellationRequested);
            await error.WriteLineAsync(failure.Message);
            return (int)failure.Code;
        }
    }

    /// <summary>Names the failure.</summary>
    /// <param name="interrupted">Whether the command was asked to stop.</param>
    public static Failure Describe(Exception exception, bool interrupted) =>
        exception switch
        {
            OperationCanceledException when interrupted => new(ExitCode.Interrupted, "Interrupted."),
            ConfigurationException invalid => new(ExitCode.Configuration, invalid.Message),
            UsageException usage => new(ExitCode.Configuration, usage.Message),
            IOException { InnerException: AddressInUseException } taken => new(ExitCode.Configuration, taken.Message),
            RuangKerjaApiException api => new(Code(api.Kind), api.Message),
            StorageException { Kind: StorageFailureKind.Refused } fault => Fault(fault),
            StorageException storage => new(Code(storage.Kind), storage.Message),
            MissingQueueException missing => new(ExitCode.Configuration, missing.Message),
            BrokerException broker => new(ExitCode.Broker, broker.Message),
            _ => Fault(exception),
        };

    private static Failure Fault(Exception exception) =>
        new(ExitCode.Unexpected, $"A fault of this program; please report it.{Environment.NewLine}{exception}");

    private static ExitCode Code(ApiFailureKind kind) =>
        kind switch
        {
            ApiFailureKind.Configuration => ExitCode.ApiConfiguration,
            ApiFailureKind.Contract => ExitCode.ApiContract,
            _ => ExitCode.ApiUnavailable,
        };

    private static ExitCode Code(StorageFailureKind kind) =>
        kind switch
        {
            StorageFailureKind.Configuration => ExitCode.DatabaseConfiguration,
            StorageFailureKind.Schema => ExitCode.DatabaseSchema,
            StorageFailureKind.Refused => ExitCode.Unexpected,
            _ => ExitCode.DatabaseUnavailable,
        };
}
