using RuangKerja.Events.Subscriber.Handling;

namespace RuangKerja.Events.Tests.Subscriber;

public sealed class DeliveryLineTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly Clock _clock = new();
    private readonly DeliveryLine _line;

    public DeliveryLineTests() => _line = new DeliveryLine(_clock);

    [Fact]
    public async Task Delivery_comes_when_all_before_it_have_passed()
    {
        var third = _line.ComeAsync(3, CancellationToken.None);
        _line.Pass(2);
        await _line.ComeAsync(1, CancellationToken.None);
        third.IsCompleted.ShouldBeFalse();

        _line.Pass(1);

        await third;
    }

    [Fact]
    public async Task Passing_twice_lets_nobody_else_by()
    {
        _line.Pass(1);
        _line.Pass(1);
        var third = _line.ComeAsync(3, CancellationToken.None);

        third.IsCompleted.ShouldBeFalse();
        _line.Pass(2);
        await third;
    }

    /// <summary>MassTransit drops deliveries without a word when their consumer is being stopped.</summary>
    [Fact]
    public async Task One_that_never_comes_is_waited_for_no_longer_than_five_seconds_and_once()
    {
        _line.Pass(1);
        var third = _line.ComeAsync(3, CancellationToken.None);
        var fourth = _line.ComeAsync(4, CancellationToken.None);
        _clock.Advance(Longest);
        await third;

        _line.Pass(3);
        await fourth;
        _line.Pass(4);

        await _line.ComeAsync(5, CancellationToken.None);
        _clock.PendingTimers.ShouldBe(0);
    }

    [Fact]
    public async Task Any_order_of_arrival_becomes_the_brokers()
    {
        const int Count = 200;
        var order = new List<ulong>();
        var tags = Enumerable.Range(1, Count).Select(tag => (ulong)tag).ToArray();
        new Random(1).Shuffle(tags);

        await Task.WhenAll(tags.Select(tag => Task.Run(() => ComeAndPassAsync(tag))));

        order.ShouldBe(Enumerable.Range(1, Count).Select(tag => (ulong)tag));

        async Task ComeAndPassAsync(ulong tag)
        {
            await _line.ComeAsync(tag, CancellationToken.None);
            order.Add(tag);
            _line.Pass(tag);
        }
    }
}
