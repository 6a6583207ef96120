using RuangKerja.Events.IntegrationTests.Faults.Judging;

namespace RuangKerja.Events.IntegrationTests.Chaos;

/// <summary>A run is clean when it has lived, and all of its life was seen and told.</summary>
public sealed class When_a_run_is_judged
{
    [Theory]
    [InlineData(400, 4, true)]
    [InlineData(400, 5, false)]
    [InlineData(100, 2, true)]
    [InlineData(100, 3, false)]
    public void Should_allow_few_steps_that_nobody_could_see(int changes, int collapsed, bool clean) =>
        Of(Told(changes) with { Collapsed = collapsed }).IsClean.ShouldBe(clean);

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    public void Should_not_be_clean_with_little_life(int changes) => Of(Told(changes)).IsClean.ShouldBeFalse();

    [Fact]
    public void Should_not_be_clean_with_something_untold_or_lost_or_to_complain_of()
    {
        Of(Told(100) with { Waiting = 1 }).IsClean.ShouldBeFalse();
        var losing = Told(100);
        losing.Lost.Add("a change");
        Of(losing).IsClean.ShouldBeFalse();
        Of(Told(100), "an instance ended by itself").IsClean.ShouldBeFalse();
    }

    [Fact]
    public void Should_say_what_is_not_clean()
    {
        using var output = new StringWriter();

        Of(Told(100) with { Collapsed = 3 }).Print(output);

        output.ToString().ShouldContain("COMPLAINT: acme: 3 steps were never seen, 2 are allowed");
        output.ToString().ShouldEndWith($"NOT CLEAN.{Environment.NewLine}");
    }

    private static Verdict Told(int changes) => new(changes, changes, changes, 0, 0, 0);

    private static ChaosReport Of(Verdict verdict, params string[] complaints) =>
        new([], new Dictionary<string, Verdict> { ["acme"] = verdict }, complaints, []) { LeastChanges = 100 };
}
