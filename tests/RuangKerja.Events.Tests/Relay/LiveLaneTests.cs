using RuangKerja.Events.Relay;

namespace RuangKerja.Events.Tests.Relay;

public sealed class LiveLaneTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private readonly LiveLane _lane = new(TimeProvider.System);

    [Fact]
    public void Nobody_waits_while_there_is_no_news() =>
        _lane.GiveWayAsync(Long, CancellationToken.None).IsCompleted.ShouldBeTrue();

    [Fact]
    public async Task Way_is_given_until_the_last_pass_has_ended()
    {
        var (one, other) = (_lane.Enter(), _lane.Enter());
        var waits = _lane.GiveWayAsync(Long, CancellationToken.None);

        one.Dispose();
        one.Dispose();
        waits.IsCompleted.ShouldBeFalse();
        other.Dispose();
        await waits.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);

        using (_lane.Enter())
            _lane.GiveWayAsync(Long, CancellationToken.None).IsCompleted.ShouldBeFalse("there is news again");
    }

    [Fact]
    public async Task Way_is_not_given_for_ever()
    {
        using var pass = _lane.Enter();

        await _lane
            .GiveWayAsync(TimeSpan.FromMilliseconds(1), CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        await _lane
            .GiveWayAsync(Long, new CancellationToken(canceled: true))
            .WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
    }
}
