using RuangKerja.Events.Courses;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Tests.Replay;

public sealed class UnconfirmedMessagesTests
{
    private readonly ReplayTally _tally = new(
        new ReplayJob
        {
            Id = Guid.NewGuid(),
            State = ReplayState.Running,
            Filter = new EventFilter(),
            Destination = "reports",
            RequestedBy = "tests",
            Door = ReplayDoor.Http,
            RequestedAt = default,
            UpdatedAt = default,
            Through = 100,
            Total = 5,
            Position = 7,
            Sent = 3,
            Unreadable = 1,
            Reason = "waits",
        }
    );

    private readonly UnconfirmedMessages _messages;

    public UnconfirmedMessagesTests()
    {
        _messages = new UnconfirmedMessages(_tally, most: 4);
        Add(1, sequence: 10).ShouldBeTrue();
        Add(2, sequence: 20).ShouldBeTrue();
        Add(3, sequence: 30).ShouldBeTrue();
    }

    [Fact]
    public void Position_moves_over_what_is_confirmed_without_a_gap()
    {
        _messages.Confirm(2, multiple: false);
        _tally.Now.ShouldBe(new ReplayProgress(7, 3, 1, "waits"));

        _messages.Confirm(1, multiple: false);
        _tally.Now.ShouldBe(new ReplayProgress(20, 5, 1));
    }

    [Fact]
    public void Confirm_of_several_is_of_all_up_to_it()
    {
        _messages.Confirm(2, multiple: true);

        _tally.Now.ShouldBe(new ReplayProgress(20, 5, 1));
    }

    [Fact]
    public void Event_without_a_message_is_passed_in_its_turn_and_takes_no_room()
    {
        _messages.Pass(sequence: 40);
        Add(4, sequence: 50).ShouldBeTrue();
        _messages.Confirm(4, multiple: false);
        _tally.Now.Unreadable.ShouldBe(1);

        _messages.Confirm(3, multiple: true);
        _tally.Now.ShouldBe(new ReplayProgress(50, 7, 2));
    }

    [Fact]
    public void Confirm_that_comes_again_counts_once()
    {
        _messages.Confirm(1, multiple: false);
        _messages.Confirm(1, multiple: false);

        _tally.Now.Sent.ShouldBe(4);
    }

    [Fact]
    public void There_is_room_for_so_many_and_again_when_the_first_is_settled()
    {
        Add(4, sequence: 40).ShouldBeTrue();
        _messages.Confirm(2, multiple: false);
        Add(5, sequence: 50).ShouldBeFalse();

        _messages.Confirm(1, multiple: false);
        Add(5, sequence: 50).ShouldBeTrue();
    }

    [Fact]
    public void Event_waits_for_the_one_before_it_of_its_assignment_and_for_no_other()
    {
        Add(4, sequence: 40, assignment: "2").ShouldBeFalse();
        _messages.Confirm(1, multiple: false);
        Add(4, sequence: 40, assignment: "2").ShouldBeFalse();
        Add(4, sequence: 40, assignment: "2", company: "other").ShouldBeTrue();

        _messages.Confirm(2, multiple: false);
        Add(5, sequence: 50, assignment: "2").ShouldBeTrue();
    }

    [Fact]
    public void Nothing_is_left_when_all_is_confirmed()
    {
        _messages.Confirm(3, multiple: false);
        _messages.IsEmpty.ShouldBeFalse();

        _messages.Confirm(2, multiple: true);
        _messages.IsEmpty.ShouldBeTrue();
    }

    private bool Add(ulong tag, long sequence, string? assignment = null, string company = "default")
    {
        Company.TryCreate(company, out var owner).ShouldBeTrue();
        return _messages.TryAdd(
            tag,
            new StoredEvent(
                sequence,
                Guid.Empty,
                owner,
                new AssignmentId(assignment ?? $"{tag}"),
                Version: 1,
                default,
                Change: null
            )
        );
    }
}
