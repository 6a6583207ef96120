using RuangKerja.Events.Courses;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Service.Http;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Tests.Service;

public sealed class ReadinessTests
{
    private static readonly DateTimeOffset Now = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);
    private static readonly PipelineOptions Options = new SampleSettings().Read().Pipeline;
    private static readonly PipelinePart[] Parts = Enum.GetValues<PipelinePart>();

    public static readonly TheoryData<PipelinePart> EveryPart = [.. Parts];

    private static PartHealth Ok(PipelinePart part, TimeSpan age = default) =>
        new(Company.Default, part, Now - age) { Age = age };

    private static ReadinessReport Judge(params IEnumerable<PartHealth> board) =>
        new Readiness(Options).Judge([.. board], _ => null);

    /// <summary>All parts are well but this one.</summary>
    private static ReadinessReport JudgeWith(PartHealth one) =>
        Judge([one, .. Parts.Where(part => part != one.Part).Select(part => Ok(part))]);

    private static PartReadiness Part(ReadinessReport report, PipelinePart part) =>
        report.Companies[0].Parts.Single(p => p.Part == part);

    [Fact]
    public void AllPartsWell_IsReady()
    {
        var report = Judge(Parts.Select(part => Ok(part)));

        report.Ready.ShouldBeTrue();
        report.Status.ShouldBe("ready");
        report.Companies[0].Parts.Select(part => part.Part).ShouldBe(Parts);
        report.Companies[0].Parts.ShouldAllBe(part => part.Status == PartStatus.Ok && part.Reason == null);
    }

    [Fact]
    public void NothingReported_IsNotReady()
    {
        var report = Judge();

        report.Ready.ShouldBeFalse();
        report.Companies[0].Parts.Count.ShouldBe(Parts.Length);
        report.Companies[0].Parts.ShouldAllBe(part => part.Status == PartStatus.Waiting && part.Reason != null);
    }

    [Theory]
    [MemberData(nameof(EveryPart))]
    public void FailingPart_IsNotReadyAndSaysSinceWhenWhyAndWhatToDo(PipelinePart failing)
    {
        var report = JudgeWith(
            Ok(failing, TimeSpan.FromSeconds(12)) with
            {
                Verdict = new PartVerdict(PartStatus.Failing, "It is broken.", "Mend it."),
            }
        );

        report.Ready.ShouldBeFalse();
        report.Companies[0].Parts.Count(part => part.Status == PartStatus.Ok).ShouldBe(Parts.Length - 1);
        Part(report, failing)
            .ShouldBe(
                new(
                    failing,
                    PartStatus.Failing,
                    Now - TimeSpan.FromSeconds(12),
                    12.0,
                    new LongestAges(Options).Of(failing).TotalSeconds,
                    "It is broken.",
                    "Mend it."
                )
            );
    }

    /// <summary>A loop that has ended or hangs reports nothing any more.</summary>
    [Theory]
    [MemberData(nameof(EveryPart))]
    public void PartThatReportsNoMore_IsLateFromItsLongestAgeOn(PipelinePart silent)
    {
        var longest = new LongestAges(Options).Of(silent);
        JudgeWith(Ok(silent, longest)).Ready.ShouldBeTrue();

        var report = JudgeWith(Ok(silent, longest + TimeSpan.FromMilliseconds(1)));

        report.Ready.ShouldBeFalse();
        Part(report, silent).Status.ShouldBe(PartStatus.Late);
        Part(report, silent).Reason.ShouldNotBeNull();
        Part(report, silent).Hint.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(PartStatus.StandingBy, true)]
    [InlineData(PartStatus.Attention, true)]
    [InlineData(PartStatus.Waiting, false)]
    [InlineData(PartStatus.Late, false)]
    public void PartThatHasSomethingToSay_IsReadyUnlessItsWorkIsNotDone(PartStatus status, bool ready)
    {
        var verdict = new PartVerdict(status, "So it is.", Hint: null);

        var report = JudgeWith(Ok(PipelinePart.Feed) with { Verdict = verdict });

        report.Ready.ShouldBe(ready);
        (Part(report, PipelinePart.Feed).Status, Part(report, PipelinePart.Feed).Reason).ShouldBe(
            (status, "So it is.")
        );
    }

    /// <summary>An instance that stands by has found the feed late for so long that its own last success is too old as well.</summary>
    [Fact]
    public void PartThatIsFoundLate_KeepsItsReason()
    {
        var verdict = new PartVerdict(PartStatus.Late, "None has stored a poll.", "Look at the other instance.");

        var feed = Part(
            JudgeWith(Ok(PipelinePart.Feed, TimeSpan.FromHours(1)) with { Verdict = verdict }),
            PipelinePart.Feed
        );

        (feed.Status, feed.AgeSeconds, feed.Reason, feed.Hint).ShouldBe(
            (PartStatus.Late, 3_600, verdict.Reason, verdict.Hint)
        );
    }

    [Theory]
    [InlineData(PartStatus.StandingBy)]
    [InlineData(PartStatus.Attention)]
    public void PartThatStandsByAndReportsNoMore_IsLate(PartStatus status)
    {
        var feed = Ok(PipelinePart.Feed, TimeSpan.FromHours(1)) with
        {
            Verdict = new PartVerdict(status, "So it is.", Hint: null),
        };

        Part(JudgeWith(feed), PipelinePart.Feed).Status.ShouldBe(PartStatus.Late);
    }

    [Fact]
    public void PartThatRestsOnPurpose_IsLateSoMuchLater()
    {
        var feed = Ok(PipelinePart.Feed, TimeSpan.FromSeconds(250 + 300)) with { Pause = TimeSpan.FromSeconds(300) };

        var report = JudgeWith(feed);

        (report.Ready, Part(report, PipelinePart.Feed).LongestAgeSeconds).ShouldBe((true, 550));
    }

    [Fact]
    public void RostersThatAreNotSwept_HaveNoPart()
    {
        var options = new SampleSettings().With("Polling:Roster:Enabled", "false").Read().Pipeline;

        var report = new Readiness(options).Judge(
            [.. Parts.Where(part => part != PipelinePart.Sweep).Select(part => Ok(part))],
            _ => null
        );

        report.Ready.ShouldBeTrue();
        report.Companies[0].Parts.ShouldAllBe(part => part.Part != PipelinePart.Sweep);
    }

    [Fact]
    public void Backlog_IsShownWithItsCompany()
    {
        var backlog = new Backlog(1, TimeSpan.FromSeconds(2), 3, 4, 5, 6, CountedTo: 100_000);

        new Readiness(Options).Judge([], _ => backlog).Companies[0].Backlog.ShouldBe(backlog);
    }

    [Fact]
    public void OneCompanyOfTwo_KeepsTheWholeFromBeingReady()
    {
        Company.TryCreate("acme", out var acme).ShouldBeTrue();
        var two = Options with { Companies = [Options.Companies[0], Options.Companies[0] with { Company = acme }] };

        var report = new Readiness(two).Judge([.. Parts.Select(part => Ok(part))], _ => null);

        report.Ready.ShouldBeFalse();
        report.Companies.Select(company => company.Ready).ShouldBe([true, false]);
    }
}
