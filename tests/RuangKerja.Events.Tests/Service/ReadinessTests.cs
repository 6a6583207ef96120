using RuangKerja.Events.Courses;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Polling;
using RuangKerja.Events.Service.Http;

namespace RuangKerja.Events.Tests.Service;

public sealed class ReadinessTests
{
    private static readonly DateTimeOffset Now = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private static readonly PollingOptions Polling = new() { Feed = new FeedPollingOptions { Interval = Interval } };

    private static readonly PipelinePart[] Parts = Enum.GetValues<PipelinePart>();

    private static PartHealth Ok(PipelinePart part, TimeSpan age = default) =>
        new(Company.Default, part, Now - age, Failure: null);

    private static ReadinessReport Judge(params PartHealth[] board) =>
        Readiness.Judge([Company.Default], board, Now, Polling);

    private static PartReadiness Part(ReadinessReport report, PipelinePart part) =>
        report.Companies[0].Parts.Single(p => p.Part == part);

    [Fact]
    public void AllPartsWell_IsReady()
    {
        var report = Judge([.. Parts.Select(part => Ok(part))]);

        report.Ready.ShouldBeTrue();
        report.Status.ShouldBe("ready");
        report.Companies[0].Parts.ShouldAllBe(part => part.Status == PartStatus.Ok && part.Reason == null);
    }

    [Fact]
    public void NothingReported_IsNotReady()
    {
        var report = Judge();

        report.Ready.ShouldBeFalse();
        Part(report, PipelinePart.Feed).Status.ShouldBe(PartStatus.Waiting);
        Part(report, PipelinePart.Database).Status.ShouldBe(PartStatus.Waiting);
        Part(report, PipelinePart.Feed).Reason.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(PipelinePart.Feed)]
    [InlineData(PipelinePart.Database)]
    [InlineData(PipelinePart.Broker)]
    [InlineData(PipelinePart.Relay)]
    public void FailingPart_IsNotReadyAndSaysWhyAndSinceWhen(PipelinePart failing)
    {
        var board = Parts.Select(part =>
            part == failing ? Ok(part, TimeSpan.FromSeconds(12)) with { Failure = "broken" } : Ok(part)
        );

        var report = Judge([.. board]);

        report.Ready.ShouldBeFalse();
        report.Companies[0].Parts.Count(part => part.Status == PartStatus.Ok).ShouldBe(Parts.Length - 1);
        Part(report, failing)
            .ShouldBe(new(failing, PartStatus.Failing, Now - TimeSpan.FromSeconds(12), 12.0, "broken"));
    }

    [Theory]
    [InlineData(150, PartStatus.Ok)]
    [InlineData(151, PartStatus.Late)]
    public void FeedWithoutASuccessForThreeIntervalsAndAMinute_IsLate(int seconds, PartStatus expected)
    {
        var feed = Ok(PipelinePart.Feed, TimeSpan.FromSeconds(seconds));

        var report = Judge([feed, .. Parts.Where(part => part != PipelinePart.Feed).Select(part => Ok(part))]);

        Part(report, PipelinePart.Feed).Status.ShouldBe(expected);
        report.Ready.ShouldBe(expected == PartStatus.Ok);
    }

    [Fact]
    public void OneCompanyOfTwo_KeepsTheWholeFromBeingReady()
    {
        Company.TryCreate("acme", out var acme).ShouldBeTrue();

        var report = Readiness.Judge([Company.Default, acme], [.. Parts.Select(part => Ok(part))], Now, Polling);

        report.Ready.ShouldBeFalse();
        report.Companies.Select(company => company.Ready).ShouldBe([true, false]);
    }
}
