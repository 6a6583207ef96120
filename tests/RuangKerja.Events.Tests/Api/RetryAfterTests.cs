using RuangKerja.Events.Api;

namespace RuangKerja.Events.Tests.Api;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2015-10-21T07:28:00Z");

    [Theory]
    [InlineData("0", 0)]
    [InlineData("120", 120)]
    [InlineData(" 1.5 ", 1.5)]
    [InlineData("-3", 0)]
    [InlineData("900", 900)]
    [InlineData("901", 900)]
    [InlineData("99999999999999999999999", 900)]
    [InlineData("Wed, 21 Oct 2015 07:29:00 GMT", 60)]
    [InlineData("Wednesday, 21-Oct-15 07:29:00 GMT", 60)]
    [InlineData("Wed Oct 21 07:29:00 2015", 60)]
    [InlineData("Wed, 21 Oct 2015 07:00:00 GMT", 0)]
    [InlineData("Thu, 22 Oct 2015 07:28:00 GMT", 900)]
    public void Seconds_or_date_give_a_bounded_wait(string header, double seconds) =>
        RetryAfter.Parse(header, Now).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("in a while")]
    public void Nonsense_gives_none(string? header) => RetryAfter.Parse(header, Now).ShouldBeNull();
}
