namespace RuangKerja.Events.IntegrationTests.Chaos;

/// <summary>The faults of a run follow from its seed alone, and leave the system time to show what it does.</summary>
public sealed class When_a_run_is_planned
{
    private static readonly TimeSpan HalfAnHour = TimeSpan.FromMinutes(30);

    [Fact]
    public void Should_plan_the_same_for_the_same_seed_and_other_faults_for_another()
    {
        ChaosPlan.From(7, HalfAnHour).ShouldBe(ChaosPlan.From(7, HalfAnHour));
        ChaosPlan.From(7, HalfAnHour).ShouldNotBe(ChaosPlan.From(8, HalfAnHour));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Should_bring_every_kind_of_fault_in_half_an_hour(int seed)
    {
        var kinds = ChaosPlan.From(seed, HalfAnHour).Select(fault => (fault.Target.Part, fault.Fault)).Distinct();

        kinds.Count().ShouldBe(27);
    }

    [Fact]
    public void Should_have_two_faults_at_a_time_at_most_and_never_on_one_target()
    {
        foreach (var plan in Enumerable.Range(0, 200).Select(seed => ChaosPlan.From(seed, HalfAnHour)))
        {
            foreach (var fault in plan)
            {
                var meanwhile = plan.Where(other => other.At <= fault.At && fault.At < End(other)).Except([fault]);
                meanwhile.Count().ShouldBeLessThan(2, $"{fault} at {fault.At}");
                meanwhile.ShouldAllBe(other => other.Target != fault.Target);
            }
        }

        static TimeSpan End(PlannedFault fault) => fault.At + fault.Length;
    }

    [Fact]
    public void Should_heal_everything_before_the_end_and_nothing_later_than_planned()
    {
        foreach (var fault in Enumerable.Range(0, 200).SelectMany(seed => ChaosPlan.From(seed, HalfAnHour)))
        {
            fault.Length.ShouldBeInRange(TimeSpan.Zero, ChaosPlan.LongestFault);
            (fault.At + fault.Length).ShouldBeLessThanOrEqualTo(HalfAnHour);
            (fault.Length == TimeSpan.Zero).ShouldBe(
                fault.Fault is ChaosFault.ClosedConnections or ChaosFault.ExpiredTokens,
                $"{fault}"
            );
        }
    }
}
