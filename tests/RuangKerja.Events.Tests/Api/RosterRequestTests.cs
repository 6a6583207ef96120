using RuangKerja.Events.Api;

namespace RuangKerja.Events.Tests.Api;

public sealed class RosterRequestTests
{
    [Theory]
    [InlineData("COURSE-EXAMPLE1", "COURSE-EXAMPLE1")]
    [InlineData("A/B\\C", "A%2FB%5CC")]
    [InlineData("../../users?x=1&y#z", "..%2F..%2Fusers%3Fx%3D1%26y%23z")]
    [InlineData("%2e%2e", "%252e%252e")]
    [InlineData(" é😀+\r\n", "%20%C3%A9%F0%9F%98%80%2B%0D%0A")]
    [InlineData("...", "...")]
    public async Task Serial_stays_one_step_of_the_path_whatever_is_in_it(string serial, string step)
    {
        await using var bench = new ApiBench { Data = _ => Reply.Page() };

        await bench.ReadRosterAsync(serial, page: 3);

        bench
            .DataRequests.ShouldHaveSingleItem()
            .RequestLine.ShouldBe(
                $"GET /ruangkerja/dashboard/courses/{step}/online/users?page=3&pageSize=100 HTTP/1.1"
            );
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(null)]
    public async Task Serial_that_fits_into_no_path_is_not_asked_for(string? serial)
    {
        await using var bench = new ApiBench();

        var failure = await bench.FailRosterAsync(serial ?? new string('x', 513));

        failure.Kind.ShouldBe(ApiFailureKind.Contract);
        failure.Message.ShouldContain("not asked: a serial that is empty");
        bench.DataRequests.ShouldBeEmpty();
    }

    [Fact]
    public void Serial_is_quoted_on_one_line() =>
        RosterRequest
            .Of("A\r\nB\u202EC", 2)
            .Operation.Doing.ShouldBe("reading page 2 of the roster of course \"A  B C\"");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Pages_begin_with_1(int page)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => RosterRequest.Of("COURSE-1", page));
        Should.Throw<ArgumentOutOfRangeException>(() => CatalogueRequest.Of(page));
    }
}
