using RuangKerja.Events.Replay;

namespace RuangKerja.Events.Tests.Replay;

public sealed class ReplayMessageIdTests
{
    private static readonly Guid Event = new("0198c0de-0000-7000-8000-000000000001");
    private static readonly Guid Replay = new("0198c0de-0000-7000-8000-000000000002");

    /// <summary>Frozen: subscribers tell repeats by it, across versions of this program. Computed once with another tool.</summary>
    [Fact]
    public void Id_is_the_same_for_ever() =>
        ReplayMessageId.Of(Event, Replay).ShouldBe(new Guid("c6fab50f-2d2a-8781-a6fe-739808ba670f"));

    [Fact]
    public void Id_is_of_the_event_and_the_replay_in_this_order()
    {
        var id = ReplayMessageId.Of(Event, Replay);

        ReplayMessageId.Of(Replay, Event).ShouldNotBe(id);
        ReplayMessageId.Of(Event, Guid.Empty).ShouldNotBe(id);
        ReplayMessageId.Of(Guid.Empty, Replay).ShouldNotBe(id);
        id.ShouldNotBe(Event);
        (id.Version, id.Variant & 0xC).ShouldBe((8, 8));
    }
}
