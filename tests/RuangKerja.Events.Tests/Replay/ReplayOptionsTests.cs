using RuangKerja.Events.Replay;

namespace RuangKerja.Events.Tests.Replay;

public sealed class ReplayOptionsTests
{
    [Theory]
    [InlineData("hr", "hr", true)]
    [InlineData("hr", "HR", false)]
    [InlineData("hr", "hr-2", false)]
    [InlineData("hr*", "hr-2", true)]
    [InlineData("*-hr-*", "eu-hr-1", true)]
    [InlineData("*-hr-*", "eu-hr", false)]
    [InlineData("h?", "hr", false)]
    [InlineData("h?", "h?", true)]
    [InlineData(@"a\*", @"a\b", true)]
    [InlineData("*", "anything", true)]
    public void Pattern_AllowsTheQueuesItNames(string pattern, string queue, bool allowed) =>
        new ReplayOptions { AllowedQueues = ["other", pattern] }
            .Allows(queue)
            .ShouldBe(allowed);

    [Fact]
    public void NoPattern_AllowsNothing() => new ReplayOptions().Allows("hr").ShouldBeFalse();
}
