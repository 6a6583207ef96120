using RuangKerja.Events.Errors;

namespace RuangKerja.Events.Tests.Errors;

public sealed class ErrorQueueUseTests
{
    /// <summary>RabbitMQ ends who holds a message for 30 minutes.</summary>
    [Theory]
    [InlineData(1, 600)]
    [InlineData(2, 1_200)]
    [InlineData(100, 2_016)]
    [InlineData(10_000, 2_016)]
    public void NothingThatIsMoved_WaitsForMoreThanTenMinutes(int perSecond, int expected) =>
        Moving(perSecond).Prefetch(100_000).ShouldBe(expected);

    [Theory]
    [InlineData(1, 900, 584)]
    [InlineData(1, 901, 0)]
    [InlineData(100, 90_000, 2_000)]
    [InlineData(100, 90_001, 0)]
    public void WhatStays_IsHeldForFifteenMinutesAtMost(int perSecond, int waiting, int expected) =>
        (Moving(perSecond) with { Chooses = true }).Held(waiting).ShouldBe(expected);

    [Theory]
    [InlineData(1, 40, 32)]
    [InlineData(1_000, 100_000, 1_016)]
    [InlineData(5_000, 100_000, 2_016)]
    [InlineData(int.MaxValue, 9, 9)]
    public void ALook_HasHandedOut_AboutWhatItLooksAt(int most, int waiting, int expected)
    {
        var look = new ErrorQueueUse("Looking", Moves: false) { Most = most };

        look.Prefetch(look.Bound(waiting)).ShouldBe(expected);
        look.Held(waiting).ShouldBeGreaterThanOrEqualTo(Math.Min(Math.Min(most, waiting), 2_000));
    }

    [Fact]
    public void ALimitedRedrive_HasHandedOut_NoMoreThanItMoves() =>
        (Moving(100) with { Most = 10 }).Bound(500).ShouldBe(10);

    private static ErrorQueueUse Moving(int perSecond) => new("Redriving", Moves: true) { PerSecond = perSecond };
}
