using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Tests.Courses;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2019-10-12T14:20:50+07:00", "2019-10-12T07:20:50.0000000+00:00")]
    [InlineData("2019-10-12T14:20:50Z", "2019-10-12T14:20:50.0000000+00:00")]
    [InlineData("2019-10-12t14:20:50z", "2019-10-12T14:20:50.0000000+00:00")]
    [InlineData("2022-07-22T01:00:00.000Z", "2022-07-22T01:00:00.0000000+00:00")]
    [InlineData("2022-07-22T01:00:00.5-03:30", "2022-07-22T04:30:00.5000000+00:00")]
    [InlineData("2022-07-22T01:00:00.123456789Z", "2022-07-22T01:00:00.1234567+00:00")]
    public void Date_time_with_offset_is_an_instant(string text, string expected)
    {
        Rfc3339.TryParse(text, out var instant).ShouldBeTrue();
        instant.ToString("O").ShouldBe(expected);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2022-07-22")]
    [InlineData("2019-10-12T14:20:50")]
    [InlineData("2019-10-12 14:20:50+07:00")]
    [InlineData("2019-10-12T14:20:50 07:00")]
    [InlineData("2019-10-12T14:20:50+0700")]
    [InlineData("2019-10-12T14:20:50+24:00")]
    [InlineData("2019-10-12T14:20:50.+07:00")]
    [InlineData("2019-02-30T14:20:50+07:00")]
    [InlineData("0001-01-01T00:00:00+07:00")]
    [InlineData("1570872050")]
    [InlineData("2019-10-12T14:20:50Z and more")]
    public void Anything_else_is_refused(string? text) => Rfc3339.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Format_has_the_zones_offset_and_whole_seconds()
    {
        var jakarta = TimeZoneInfo.FindSystemTimeZoneById("Asia/Jakarta");
        var instant = new DateTimeOffset(2019, 10, 12, 7, 20, 50, 900, TimeSpan.Zero);

        Rfc3339.Format(instant, jakarta).ShouldBe("2019-10-12T14:20:50+07:00");
    }
}
