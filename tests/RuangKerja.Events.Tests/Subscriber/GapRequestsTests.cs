using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Gaps;

namespace RuangKerja.Events.Tests.Subscriber;

public sealed class GapRequestsTests
{
    private static readonly Guid Id = Guid.NewGuid();

    [Fact]
    public void One_gap_is_asked_for_by_its_assignment_from_behind_the_last_version_on()
    {
        var request = For([Gap("a", sequence: 40, highest: 90)], new Dictionary<string, long>());

        request.Companies.ShouldBe(["default"]);
        // Lists are compared by what they are, not only by what they hold.
        (request with { Companies = null }).ShouldBe(
            new RequestReplay
            {
                RequestId = Id,
                Queue = "certificates",
                RequestedBy = "certificates, for what it misses",
                AssignmentId = "a",
                FirstSequence = 41,
                IncludeBaseline = true,
            }
        );
    }

    [Fact]
    public void Several_gaps_are_asked_for_by_the_span_they_lie_in_without_what_is_there()
    {
        var held = new Dictionary<string, long> { ["a"] = 1, ["c"] = 7 };

        var request = For([Gap("a", 40, 90), Gap("b", 30, 80)], held);

        (request.FirstSequence, request.LastSequence).ShouldBe((31, 90));
        request.HeldVersions.ShouldBe(held);
        request.AssignmentId.ShouldBeNull();
        request.IncludeBaseline.ShouldBeFalse("the past of others was never published");
    }

    private static RequestReplay For(IReadOnlyList<DueGap> gaps, IReadOnlyDictionary<string, long> held) =>
        GapRequests.For("certificates", gaps, held);

    private static DueGap Gap(string assignment, long sequence, long highest) =>
        new("default", assignment, 1, sequence, 3, highest, 1, DateTimeOffset.UnixEpoch, Id);
}
