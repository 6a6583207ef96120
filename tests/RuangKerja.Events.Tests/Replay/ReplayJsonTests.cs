using System.Collections;
using System.Reflection;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Tests.Replay;

public sealed class ReplayJsonTests
{
    private static readonly DateTimeOffset Instant = new DateTimeOffset(
        2026,
        1,
        31,
        12,
        0,
        0,
        TimeSpan.FromHours(7)
    ).AddTicks(1);

    private static readonly EventFilter Full = new()
    {
        Companies = [Company.Default, Named("acme")],
        RecordedFrom = Instant,
        RecordedBefore = Instant.AddDays(1),
        OccurredFrom = Instant.AddDays(2),
        OccurredBefore = Instant.AddDays(3),
        FirstSequence = 1,
        LastSequence = long.MaxValue,
        EmployeeId = "ID-1 \"ü\"",
        CourseName = "Keselamatan & Kerja",
        CourseSerial = "CRS-1",
        AssignmentId = new AssignmentId("ASGC-1/ID-1/0a1b2c3d"),
        Statuses = [CourseStatus.NotStarted, CourseStatus.Completed],
        Kinds = [ChangeKind.Reopened],
        Baseline = true,
        Held = new HeldEvents(),
    };

    public static readonly TheoryData<string> Members = [.. typeof(EventFilter).GetProperties().Select(p => p.Name)];

    /// <summary>A member that is added to the filter and not here fails as well.</summary>
    [Theory]
    [MemberData(nameof(Members))]
    public void Member_of_a_filter_comes_back_as_it_was(string name)
    {
        var member = typeof(EventFilter).GetProperty(name)!;
        var written = member.GetValue(Full);
        written.ShouldNotBe(member.GetValue(new EventFilter()), "the filter here has every member set");

        var read = member.GetValue(ReplayJson.ReadFilter(ReplayJson.Write(Full)));

        if (name == nameof(EventFilter.Held))
            read.ShouldBeNull("it is kept apart");
        else if (written is IEnumerable list and not string)
            ((IEnumerable)read!).Cast<object>().ShouldBe(list.Cast<object>());
        else
            read.ShouldBe(written);
    }

    [Fact]
    public void Instant_keeps_its_offset_and_every_tick() =>
        ReplayJson.ReadFilter(ReplayJson.Write(Full)).RecordedFrom!.Value.EqualsExact(Instant).ShouldBeTrue();

    [Fact]
    public void Empty_filter_comes_back_empty()
    {
        var read = ReplayJson.ReadFilter(ReplayJson.Write(new EventFilter()));

        foreach (var member in typeof(EventFilter).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (member.GetValue(read) is IEnumerable list and not string)
                list.Cast<object>().ShouldBeEmpty(member.Name);
            else
                member.GetValue(read).ShouldBe(member.GetValue(new EventFilter()), member.Name);
        }
    }

    [Fact]
    public void Held_versions_and_ids_come_back()
    {
        var id = Guid.NewGuid();
        var held = new HeldEvents
        {
            Versions = new Dictionary<AssignmentId, long>
            {
                [new AssignmentId("Ä/1")] = 7,
                [new AssignmentId("b")] = 0,
            },
            EventIds = [id],
        };

        var read = ReplayJson.ReadHeld(ReplayJson.Write(held))!;

        read.Versions.ShouldBe(held.Versions, ignoreOrder: true);
        read.EventIds.ShouldBe([id]);
        ReplayJson.ReadHeld(ReplayJson.Write(held: null)).ShouldBeNull();
    }

    private static Company Named(string name) =>
        Company.TryCreate(name, out var company)
            ? company
            : throw new ArgumentException("No name of a company.", nameof(name));
}
