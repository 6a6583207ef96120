using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Tests.Service;

namespace RuangKerja.Events.Tests.Diagnostics;

public sealed class LongestAgesTests
{
    [Theory]
    [InlineData(PipelinePart.Api, 250)]
    [InlineData(PipelinePart.Feed, 250)]
    [InlineData(PipelinePart.Sweep, 720)]
    [InlineData(PipelinePart.Database, 70)]
    [InlineData(PipelinePart.Lease, 30)]
    [InlineData(PipelinePart.Outbox, 70)]
    [InlineData(PipelinePart.Broker, 75)]
    [InlineData(PipelinePart.Relay, 135)]
    [InlineData(PipelinePart.Quarantine, 70)]
    public void Every_part_has_one_by_default(PipelinePart part, int seconds) =>
        new LongestAges(new SampleSettings().Read().Pipeline).Of(part).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(PipelinePart.Feed, "Polling:Feed:Interval", "01:00:00", 3 * 3_600 + 120 + 40)]
    [InlineData(PipelinePart.Feed, "Storage:CommandTimeout", "00:10:00", 90 + 120 + 610)]
    [InlineData(PipelinePart.Broker, "Relay:SafetyInterval", "00:00:01", 3 + 60)]
    [InlineData(PipelinePart.Broker, "Relay:SafetyInterval", "00:05:00", 3 * 5 + 60)]
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

    /// <summary>An answer that is slow, or that the API asks to wait for, is no sign of a loop that hangs.</summary>
    [Theory]
    [InlineData(PipelinePart.Api)]
    [InlineData(PipelinePart.Feed)]
    [InlineData(PipelinePart.Sweep)]
    public void One_reading_of_the_slowest_company_is_never_late(PipelinePart part)
    {
        var options = new SampleSettings().Read().Pipeline;
        var usual = options.Companies[0];
        var slow = usual with { Api = usual.Api with { TotalTimeout = TimeSpan.FromHours(1) } };

        new LongestAges(options with { Companies = [slow, usual] }).Of(part).ShouldBeGreaterThan(TimeSpan.FromHours(1));
    }
}
