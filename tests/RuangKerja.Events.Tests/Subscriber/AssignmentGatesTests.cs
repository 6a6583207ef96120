using RuangKerja.Events.Subscriber.Handling;

namespace RuangKerja.Events.Tests.Subscriber;

public sealed class AssignmentGatesTests
{
    private readonly AssignmentGates _gates = new();

    [Fact]
    public async Task Deliveries_of_one_assignment_go_through_one_after_another()
    {
        var first = _gates.Enter("default", "A-1");
        var second = _gates.Enter("default", "A-1");
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
        using var held = _gates.Enter("default", "A-1");

        using var free = _gates.Enter(company, assignment);

        await free.ComeAsync(CancellationToken.None);
    }

    [Fact]
    public async Task One_that_gives_up_waiting_holds_up_nobody()
    {
        var first = _gates.Enter("default", "A-1");
        var second = _gates.Enter("default", "A-1");
        var third = _gates.Enter("default", "A-1");
        second.Dispose();
        third.ComeAsync(CancellationToken.None).IsCompleted.ShouldBeFalse();

        first.Dispose();

        await third.ComeAsync(CancellationToken.None);
    }
}
