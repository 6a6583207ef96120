using RuangKerja.Events.Api;

namespace RuangKerja.Events.Tests.Api;

public sealed class FeedRequestTests
{
    [Fact]
    public void Window_is_widened_to_whole_seconds()
    {
        var at = DateTimeOffset.Parse("2024-01-01T00:00:00Z");

        var request = FeedRequest.Of(new(at.AddMilliseconds(1), at.AddMilliseconds(1001)), TimeZoneInfo.Utc);

        request.Operation.Doing.ShouldBe(
            "reading the feed from 2024-01-01T00:00:00+00:00 to 2024-01-01T00:00:02+00:00"
        );
    }

    [Fact]
    public void Offset_is_the_zone_s_at_that_instant()
    {
        var zone = TimeZoneInfo.CreateCustomTimeZone("West", TimeSpan.FromHours(-3.5), null, null);
        var at = DateTimeOffset.Parse("2024-01-01T00:00:00Z");

        FeedRequest.Of(new(at, at), zone).Path.ShouldContain("?startTimestamp=2023-12-31T20%3A30%3A00-03%3A30&");
    }
}
