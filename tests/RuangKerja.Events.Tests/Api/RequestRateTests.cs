using RuangKerja.Events.Api;

namespace RuangKerja.Events.Tests.Api;

public sealed class RequestRateTests
{
    private readonly FakeTime _time = new();

    [Theory]
    [InlineData(5, 5, 0.2)]
    [InlineData(1, 1, 1)]
    [InlineData(0.1, 1, 10)]
    [InlineData(2.5, 2, 0.2)]
    public async Task One_second_s_worth_goes_out_at_once_and_the_rest_in_step(
        double perSecond,
        int atOnce,
        double step
    )
    {
        var rate = new RequestRate(perSecond, _time);
        for (var i = 0; i < atOnce; i++)
        {
            rate.WaitAsync(CancellationToken.None).IsCompletedSuccessfully.ShouldBeTrue();
        }

        var next = rate.WaitAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(step) - TimeSpan.FromMilliseconds(1));
        next.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await next;
    }

    [Fact]
    public async Task Rest_fills_the_bucket_and_no_more()
    {
        var rate = new RequestRate(2, _time);
        await rate.WaitAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromHours(1));

        await rate.WaitAsync(CancellationToken.None);
        await rate.WaitAsync(CancellationToken.None);
        rate.WaitAsync(CancellationToken.None).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Who_gives_up_takes_nothing_from_the_others()
    {
        var rate = new RequestRate(1, _time);
        await rate.WaitAsync(CancellationToken.None);
        using var impatient = new CancellationTokenSource();
        var first = rate.WaitAsync(impatient.Token);
        var second = rate.WaitAsync(impatient.Token);
        var patient = rate.WaitAsync(CancellationToken.None);

        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        await FakeTime.UntilAsync(() => _time.UntilNextTimer is not null);
        patient.IsCompleted.ShouldBeFalse();

        _time.Advance(TimeSpan.FromSeconds(1));
        await patient;
    }

    [Fact]
    public async Task Turns_come_in_the_order_of_asking()
    {
        var rate = new RequestRate(1, _time);
        await rate.WaitAsync(CancellationToken.None);
        var waiting = Enumerable.Range(0, 3).Select(_ => rate.WaitAsync(CancellationToken.None)).ToArray();

        foreach (var turn in waiting)
        {
            waiting.SkipWhile(other => other != turn).ShouldAllBe(later => !later.IsCompleted);
            await FakeTime.UntilAsync(() => _time.UntilNextTimer is not null);
            _time.Advance(TimeSpan.FromSeconds(1));
            await turn;
        }
    }
}
