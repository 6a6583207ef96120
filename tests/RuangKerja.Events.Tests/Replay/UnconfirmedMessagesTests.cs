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
        _messages = new UnconfirmedMessages(_tally);
        _messages.Add(1, sequence: 10);
        _messages.Add(2, sequence: 20);
        _messages.Add(3, sequence: 30);
    }

    [Fact]
    public void Position_moves_over_what_is_confirmed_without_a_gap()
    {
        _messages.Confirm(2, multiple: false).ShouldBe(0);
        _tally.Now.ShouldBe(new ReplayProgress(7, 3, 1, "waits"));

        _messages.Confirm(1, multiple: false).ShouldBe(2);
        _tally.Now.ShouldBe(new ReplayProgress(20, 5, 1));
    }

    [Fact]
    public void Confirm_of_several_is_of_all_up_to_it()
    {
        _messages.Confirm(2, multiple: true).ShouldBe(2);

        _tally.Now.ShouldBe(new ReplayProgress(20, 5, 1));
    }

    [Fact]
    public void Event_without_a_message_is_passed_in_its_turn_and_takes_no_room()
    {
        _messages.Pass(sequence: 40);
        _messages.Add(4, sequence: 50);
        _messages.Confirm(4, multiple: false).ShouldBe(0);
        _tally.Now.Unreadable.ShouldBe(1);

        _messages.Confirm(3, multiple: true).ShouldBe(4);
        _tally.Now.ShouldBe(new ReplayProgress(50, 7, 2));
    }

    [Fact]
    public void Confirm_that_comes_again_counts_once()
    {
        _messages.Confirm(1, multiple: false);
        _messages.Confirm(1, multiple: false).ShouldBe(0);

        _tally.Now.Sent.ShouldBe(4);
    }
}
