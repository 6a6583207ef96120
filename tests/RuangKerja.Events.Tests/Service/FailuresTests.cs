using Microsoft.AspNetCore.Connections;
using RuangKerja.Events.Api;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Service;
using RuangKerja.Events.Service.Configuration;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Tests.Service;

public sealed class FailuresTests
{
    public static TheoryData<Exception, ExitCode> Expected { get; } =
        new()
        {
            { new ConfigurationException([new("Storage:Schema", "'X'", "lower case")]), ExitCode.Configuration },
            { new UsageException("--company 'x': no such company."), ExitCode.Configuration },
            { new IOException("taken", new AddressInUseException("taken")), ExitCode.Configuration },
            { Api(ApiFailureKind.Configuration), ExitCode.ApiConfiguration },
            { Api(ApiFailureKind.Transient), ExitCode.ApiUnavailable },
            { Api(ApiFailureKind.Throttled), ExitCode.ApiUnavailable },
            { Api(ApiFailureKind.Contract), ExitCode.ApiContract },
            { Storage(StorageFailureKind.Unavailable), ExitCode.DatabaseUnavailable },
            { Storage(StorageFailureKind.OutcomeUnknown), ExitCode.DatabaseUnavailable },
            { Storage(StorageFailureKind.Configuration), ExitCode.DatabaseConfiguration },
            { Storage(StorageFailureKind.Schema), ExitCode.DatabaseSchema },
            { Broker(BrokerFailureKind.Unavailable), ExitCode.Broker },
            { Broker(BrokerFailureKind.Configuration), ExitCode.Broker },
        };

    [Theory]
    [MemberData(nameof(Expected))]
    public void ExpectedFailure_HasItsCodeAndNoStackTrace(Exception exception, ExitCode code)
    {
        var failure = Failures.Describe(Thrown(exception), interrupted: false);

        failure.Code.ShouldBe(code);
        failure.Message.ShouldBe(exception.Message);
        failure.Message.ShouldNotContain("   at ");
    }

    public static TheoryData<Exception> Unexpected { get; } =
        new()
        {
            new InvalidOperationException("a slip"),
            Storage(StorageFailureKind.Refused),
            new OperationCanceledException(),
        };

    [Theory]
    [MemberData(nameof(Unexpected))]
    public void FaultOfThisProgram_ShowsItsStackTrace(Exception exception)
    {
        var failure = Failures.Describe(Thrown(exception), interrupted: false);

        failure.Code.ShouldBe(ExitCode.Unexpected);
        failure.Message.ShouldContain("please report it");
        failure.Message.ShouldContain(nameof(Thrown));
    }

    [Fact]
    public void CancellationThatWasAskedFor_IsAnInterruption() =>
        Failures.Describe(new OperationCanceledException(), interrupted: true).Code.ShouldBe(ExitCode.Interrupted);

    [Fact]
    public async Task ReportedFailure_GoesToStandardError()
    {
        var error = new StringWriter();

        var code = await Failures.ReportAsync(error, () => throw new UsageException("no such thing"), default);

        code.ShouldBe(2);
        error.ToString().Trim().ShouldBe("no such thing");
    }

    [Fact]
    public void Codes_AreTheOnesThatAreDocumented() =>
        Enum.GetValues<ExitCode>().Select(code => (int)code).ShouldBe([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 130]);

    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception caught)
        {
            return caught;
        }
    }

    private static RuangKerjaApiException Api(ApiFailureKind kind) => new(kind, "reading the feed", "found", "Hint.");

    private static StorageException Storage(StorageFailureKind kind) => new(kind, "Storing", "found.", "Hint.", null);

    private static BrokerException Broker(BrokerFailureKind kind) =>
        new(kind, "Publishing", "found.", "Hint.", new IOException());
}
