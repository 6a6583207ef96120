using RuangKerja.Events.Subscriber.Handling;

namespace RuangKerja.Events.Tests.Subscriber;

public sealed class AssignmentGatesTests
{
    private static readonly object Channel = new();

    private readonly AssignmentGates _gates = new(TimeProvider.System);

    [Fact]
    public async Task Deliveries_of_one_assignment_go_through_one_after_another()
    {
        var first = _gates.Enter("default", "A-1", Channel);
        var second = _gates.Enter("default", "A-1", Channel);
        await first.ComeAsync(CancellationToken.None);

        second.ComeAsync(CancellationToken.None).IsCompleted.ShouldBeFalse();
        first.Dispose();
        await second.ComeAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData("default", "A-2")]
    [InlineData("other", "A-1")]
    public async Task Deliveries_of_another_assignment_or_company_wait_for_nobody(string company, string assignment)
    {
        using var held = _gates.Enter("default", "A-1", Channel);

        using var free = _gates.Enter(company, assignment, Channel);

        await free.ComeAsync(CancellationToken.None);
    }

    [Fact]
    public async Task One_that_gives_up_waiting_holds_up_nobody()
    {
        var first = _gates.Enter("default", "A-1", Channel);
        var second = _gates.Enter("default", "A-1", Channel);
        var third = _gates.Enter("default", "A-1", Channel);
        second.Dispose();
        third.ComeAsync(CancellationToken.None).IsCompleted.ShouldBeFalse();

        first.Dispose();

        await third.ComeAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Those_behind_one_that_comes_again_come_again_too_but_not_those_of_a_later_channel()
    {
        var other = _gates.Enter("default", "A-2", Channel);
        var first = _gates.Enter("default", "A-1", Channel);
        var second = _gates.Enter("default", "A-1", Channel);
        var redelivered = _gates.Enter("default", "A-1", new object());
        await first.ComeAsync(CancellationToken.None);

        first.ComeAgain();
        first.Dispose();

        await Should.ThrowAsync<OperationCanceledException>(() => second.ComeAsync(CancellationToken.None));
        second.Dispose();
        await redelivered.ComeAsync(CancellationToken.None);
        await other.ComeAsync(CancellationToken.None);
    }
}
