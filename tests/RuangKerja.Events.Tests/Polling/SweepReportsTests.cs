using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Tests.Polling;

public sealed class SweepReportsTests : IDisposable
{
    private readonly HealthBoard _board = new(new Clock());
    private readonly PipelineMetrics _metrics = new();
    private readonly SweepReports _reports;

    public SweepReportsTests() => _reports = new SweepReports(_board, _metrics, NullLogger<SweepReports>.Instance);

    public void Dispose() => _metrics.Dispose();

    [Theory]
    [InlineData(StorageFailureKind.Unavailable, true)]
    [InlineData(StorageFailureKind.OutcomeUnknown, true)]
    [InlineData(StorageFailureKind.Configuration, true)]
    [InlineData(StorageFailureKind.Schema, true)]
    [InlineData(StorageFailureKind.Refused, false)]
    public void Database_that_refuses_one_course_does_not_fail_for_all(StorageFailureKind kind, bool fails)
    {
        var failure = new StorageException(kind, "Storing", "it could not be stored.", "Look.", inner: null);

        _reports.Failed(Company.Default, "COURSE-1", failure);

        _board.Read().Any(part => part is { Part: PipelinePart.Database, Failure: not null }).ShouldBe(fails);
    }
}
