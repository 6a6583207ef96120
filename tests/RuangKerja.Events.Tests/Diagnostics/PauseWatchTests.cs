using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Tests.Diagnostics;

public sealed class PauseWatchTests
{
    private static readonly DateTimeOffset Noon = new(2026, 2, 3, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private static readonly PauseWatch Slowed = new(Long, Noon);

    /// <summary>Seen ten seconds later, with a poll stored so many seconds ago.</summary>
    private static TimeSpan PauseAfter(PauseWatch before, int storedAgo, TimeSpan slowed) =>
        before
            .See(
                new FeedStanding(Noon, TimeSpan.Zero, TimeSpan.FromSeconds(storedAgo), CaughtUp: true),
                slowed,
                Noon.AddSeconds(10)
            )
            .Pause;

    /// <summary>The broker has taken what waited; the last poll is as old as it was allowed to be.</summary>
    [Fact]
    public void Pause_is_kept_until_a_poll_is_seen() =>
        PauseAfter(Slowed, storedAgo: 290, TimeSpan.Zero).ShouldBe(Long);

    [Fact]
    public void Pause_is_over_with_the_next_poll() =>
        PauseAfter(Slowed, storedAgo: 9, TimeSpan.Zero).ShouldBe(TimeSpan.Zero);

    [Fact]
    public void Longer_pause_counts_at_once() =>
        PauseAfter(new PauseWatch(TimeSpan.Zero, Noon), storedAgo: 290, Long).ShouldBe(Long);

    [Fact]
    public void Pause_is_kept_while_the_feed_was_never_read() =>
        Slowed
            .See(standing: null, TimeSpan.Zero, Noon.AddSeconds(10))
            .ShouldBe(new PauseWatch(Long, Noon.AddSeconds(10)));
}
