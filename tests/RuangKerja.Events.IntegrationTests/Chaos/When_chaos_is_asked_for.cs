namespace RuangKerja.Events.IntegrationTests.Chaos;

/// <summary>The command line of a run.</summary>
public sealed class When_chaos_is_asked_for
{
    [Fact]
    public void Should_take_minutes_and_seed_in_any_order_and_say_them_again()
    {
        var options = ChaosOptions.Read(["--seed", "42", "--minutes", "5"])!;

        options.ShouldBe(new ChaosOptions(5, 42));
        options.Command.ShouldBe("./dev chaos --minutes 5 --seed 42");
    }

    [Fact]
    public void Should_run_half_an_hour_with_some_seed_by_default() => ChaosOptions.Read([])!.Minutes.ShouldBe(30);

    [Theory]
    [InlineData("--minutes")]
    [InlineData("--minutes", "0")]
    [InlineData("--minutes", "1441")]
    [InlineData("--seed", "-1")]
    [InlineData("--seed", "one")]
    [InlineData("--hours", "1")]
    public void Should_refuse_what_it_does_not_know(params string[] args) => ChaosOptions.Read(args).ShouldBeNull();
}
