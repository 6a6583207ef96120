using RuangKerja.Simulator.People;

namespace RuangKerja.Simulator.Life;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "{Seq} {Company} {EmployeeId} {CourseName}: {From} -> {To}")]
    public static partial void Transitioned(
        ILogger logger,
        long seq,
        string company,
        string employeeId,
        string courseName,
        UpstreamStatus? from,
        UpstreamStatus to
    );

    [LoggerMessage(2, LogLevel.Debug, "Life ended after {Seq} ledger entries")]
    public static partial void LifeEnded(ILogger logger, long seq);
}
