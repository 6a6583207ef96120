using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Tests.Storage;

/// <summary>What an assignment's state was at an instant, by either time.</summary>
public sealed class TimelineTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    // Version: when it happened, when it was stored, in minutes after noon.
    private readonly Timeline _timeline = new([Event(1, 0, 1), Event(2, 10, 11), Event(3, 10, 12), Event(4, 8, 20)]);

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, 1L)]
    [InlineData(10.999, 1L)]
    [InlineData(11, 2L)]
    [InlineData(12, 3L)]
    [InlineData(19.999, 3L)]
    [InlineData(9_999, 4L)]
    public void Recorded_IsWhatWasKnownThen(double minute, long? version) =>
        AsOf(minute, TimeBasis.Recorded).ShouldBe(version);

    [Theory]
    [InlineData(-0.001, null)]
    [InlineData(0, 1L)]
    [InlineData(7.999, 1L)]
    // The later version is dated before the earlier ones: from then on it is the truth, as far as is known now.
    [InlineData(8, 4L)]
    [InlineData(10, 4L)]
    [InlineData(9_999, 4L)]
    public void Occurred_IsWhatWasTrueThen(double minute, long? version) =>
        AsOf(minute, TimeBasis.Occurred).ShouldBe(version);

    [Fact]
    public void OfTwoOfOneInstant_TheLaterVersionStands() =>
        new Timeline([Event(1, 5, 5), Event(2, 5, 5)]).AsOf(At(5), TimeBasis.Occurred)!.Version.ShouldBe(2);

    [Fact]
    public void EventThatCannotBeRead_IsPassedOver()
    {
        var timeline = new Timeline([
            Event(1, 0, 0),
            Event(2, 5, 5) with
            {
                Change = null,
                Unreadable = "no JSON",
            },
            Event(3, 9, 9),
        ]);

        timeline.AsOf(At(6), TimeBasis.Recorded)!.Version.ShouldBe(1);
        timeline.AsOf(At(6), TimeBasis.Occurred)!.Version.ShouldBe(1);
        timeline.AsOf(At(9), TimeBasis.Recorded)!.Version.ShouldBe(3);
        timeline.Events.Count.ShouldBe(3);
        timeline.UnreadableAsOf(At(4), TimeBasis.Recorded).ShouldBeEmpty();
        timeline.UnreadableAsOf(At(4), TimeBasis.Occurred).ShouldBe([2], "when it happened is not known");
        timeline.UnreadableAsOf(At(6), TimeBasis.Recorded).ShouldBe([2]);
        timeline.UnreadableAsOf(At(9), TimeBasis.Recorded).ShouldBeEmpty();
    }

    [Fact]
    public void FirstEventThatCannotBeRead_MayStandAllTheSame()
    {
        var timeline = new Timeline([Event(1, 5, 5) with { Change = null, Unreadable = "no JSON" }]);

        timeline.AsOf(At(6), TimeBasis.Recorded).ShouldBeNull();
        timeline.UnreadableAsOf(At(6), TimeBasis.Recorded).ShouldBe([1]);
        timeline.UnreadableAsOf(At(4), TimeBasis.Recorded).ShouldBeEmpty();
    }

    [Fact]
    public void NoEvents_HaveNoState() => new Timeline([]).AsOf(At(0), TimeBasis.Occurred).ShouldBeNull();

    private static DateTimeOffset At(double minute) => Noon.AddMinutes(minute);

    private static StoredEvent Event(long version, double occurred, double recorded) =>
        new(
            Sequence: 100 + version,
            Guid.NewGuid(),
            Company.Default,
            new AssignmentId("A/1"),
            version,
            At(recorded),
            new CourseStatusChanged
            {
                EmployeeId = "E-1",
                CourseName = "Safety",
                Status = CourseStatus.InProgress,
                Kind = ChangeKind.Started,
                Attempt = 1,
                Inferred = false,
                OccurredAt = At(occurred),
                OccurredAtPrecision = OccurredAtPrecision.Instant,
                DetectedAt = At(recorded),
                Source = ObservationSource.Feed,
            }
        );

    private long? AsOf(double minute, TimeBasis basis) => _timeline.AsOf(At(minute), basis)?.Version;
}
