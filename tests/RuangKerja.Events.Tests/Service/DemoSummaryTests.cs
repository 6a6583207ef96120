using RuangKerja.Events.Service.Commands.Demo;
using RuangKerja.Simulator.Ledger;
using RuangKerja.Simulator.People;

namespace RuangKerja.Events.Tests.Service;

public sealed class DemoSummaryTests
{
    private static readonly DemoSummary Good = new(5, 5, 5, 5, new DemoDue(2, 3), 2, 3);

    [Fact]
    public void CountsThatAreAllDue_Agree()
    {
        Good.Agrees.ShouldBeTrue();
        Good.Verdict.ShouldBe("Every change has arrived, once.");
    }

    [Fact]
    public void AnyCountThatIsNot_DoesNot()
    {
        DemoSummary[] bad =
        [
            Good with
            {
                Stored = 4,
            },
            Good with
            {
                Published = 6,
            },
            Good with
            {
                Received = 4,
            },
            Good with
            {
                Certificates = 1,
            },
            Good with
            {
                Certificates = 3,
            },
            Good with
            {
                Mails = 2,
            },
            Good with
            {
                Mails = 4,
            },
            new(0, 0, 0, 0, new DemoDue(0, 0), 0, 0),
        ];

        bad.ShouldAllBe(summary => !summary.Agrees);
    }

    [Fact]
    public void CertificatesAndMails_AreDueByWhatHappened()
    {
        LedgerEntry[] lived =
        [
            Entry(null, UpstreamStatus.NotStarted),
            Entry(UpstreamStatus.NotStarted, UpstreamStatus.InProgress),
            Entry(UpstreamStatus.InProgress, UpstreamStatus.NotStarted),
            Entry(UpstreamStatus.InProgress, UpstreamStatus.Completed),
            Entry(UpstreamStatus.Completed, UpstreamStatus.NotStarted),
            Entry(UpstreamStatus.NotStarted, UpstreamStatus.Failed),
            Entry(UpstreamStatus.Failed, UpstreamStatus.InProgress),
            Entry(UpstreamStatus.InProgress, UpstreamStatus.Expired),
            Entry(null, UpstreamStatus.Completed),
            Entry(null, UpstreamStatus.InProgress),
        ];

        DemoDue.Of(lived).ShouldBe(new DemoDue(Certificates: 2, Mails: 7));
    }

    private static LedgerEntry Entry(UpstreamStatus? from, UpstreamStatus to) =>
        new(1, default, "default", "ID-1", "COURSE-1", "Kursus", "ASGC-1", from, to, Initial: false);
}
