using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Tests.Service;

namespace RuangKerja.Events.Tests.Diagnostics;

public sealed class LongestAgesTests
{
    [Theory]
    [InlineData(PipelinePart.Api, 150)]
    [InlineData(PipelinePart.Feed, 150)]
    [InlineData(PipelinePart.Sweep, 600)]
    [InlineData(PipelinePart.Database, 70)]
    [InlineData(PipelinePart.Lease, 30)]
    [InlineData(PipelinePart.Outbox, 70)]
    [InlineData(PipelinePart.Broker, 75)]
    [InlineData(PipelinePart.Relay, 135)]
    [InlineData(PipelinePart.Quarantine, 70)]
    public void Every_part_has_one_by_default(PipelinePart part, int seconds) =>
        new LongestAges(new SampleSettings().Read().Pipeline).Of(part).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(PipelinePart.Feed, "Polling:Feed:Interval", "01:00:00", 3 * 3_600 + 60)]
    [InlineData(PipelinePart.Broker, "Relay:SafetyInterval", "00:05:00", 3 * 300 + 60)]
    [InlineData(PipelinePart.Relay, "Relay:SafetyInterval", "00:05:00", 3 * 300 + 60 + 60)]
    [InlineData(PipelinePart.Relay, "Relay:PublishTimeout", "00:05:00", 15 + 4 * 300 + 60)]
    [InlineData(PipelinePart.Database, "Storage:CommandTimeout", "00:10:00", 30 + 10 + 600)]
    public void It_follows_how_often_the_part_reports_and_how_long_one_try_may_take(
        PipelinePart part,
        string key,
        string value,
        int seconds
    ) =>
        new LongestAges(new SampleSettings().With(key, value).Read().Pipeline)
            .Of(part)
            .ShouldBe(TimeSpan.FromSeconds(seconds));
}
