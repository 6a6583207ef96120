using RuangKerja.Simulator.People;

namespace RuangKerja.Events.Tests.Simulator;

public sealed class CatalogueTests : SimulatorTest
{
    [Fact]
    public async Task Catalogue_ListsEveryCourseWithSerialAndName()
    {
        var reply = await Data(CataloguePath());

        reply
            .Items.Select(item => (item.GetProperty("serial").GetString(), item.GetProperty("name").GetString()))
            .ShouldBe(Population.Courses.Select(course => ((string?)course.Serial, (string?)course.Name)));
        reply.Items[0].GetProperty("name").GetString()!.ShouldStartWith("[ONLINE] ");
        reply.Items.Count.ShouldBe(8);
    }

    [Fact]
    public async Task Pages_CoverTheCatalogueOnce()
    {
        var pages = new[]
        {
            await Data(CataloguePath(1, 3)),
            await Data(CataloguePath(2, 3)),
            await Data(CataloguePath(3, 3)),
            await Data(CataloguePath(4, 3)),
        };

        pages.Select(page => page.Items.Count).ShouldBe([3, 3, 2, 0]);
        pages.SelectMany(page => page.Items.Select(item => item.GetProperty("serial").GetString())).ShouldBeUnique();
        pages[1].Data.GetProperty("currentPage").GetInt32().ShouldBe(2);
        pages[1].Data.GetProperty("totalItems").GetInt32().ShouldBe(8);
        pages[1].Data.GetProperty("totalPage").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task Name_KeepsTheCoursesThatContainIt()
    {
        var wanted = Population.Courses[3];

        var items = (
            await Data($"{CataloguePath()}&name={Uri.EscapeDataString(wanted.Name[9..].ToUpperInvariant())}")
        ).Items;

        items.ShouldHaveSingleItem().GetProperty("serial").GetString().ShouldBe(wanted.Serial);
    }

    [Theory]
    [InlineData("", "page is required")]
    [InlineData("page=1", "pageSize is required")]
    [InlineData("pageSize=10", "page is required")]
    [InlineData("page=0&pageSize=10", "page must be 1 or more")]
    [InlineData("page=-1&pageSize=10", "page must be 1 or more")]
    [InlineData("page=one&pageSize=10", "page must be 1 or more")]
    [InlineData("page=1&pageSize=0", "pageSize must be 1 to 100")]
    [InlineData("page=1&pageSize=101", "pageSize must be 1 to 100")]
    public async Task PageOutsideItsLimits_IsRefused(string query, string detail)
    {
        var serial = Population.Courses[0].Serial;

        (await Data($"/ruangkerja/dashboard/courses?{query}")).ShouldBeBadRequest(detail);
        (await Data($"/ruangkerja/dashboard/courses/{serial}/online/users?{query}")).ShouldBeBadRequest(detail);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task PageSizeAtItsLimits_IsAccepted(int pageSize) =>
        (await Data(CataloguePath(1, pageSize))).Status.ShouldBe(200);

    [Fact]
    public async Task CoursesWithoutOnlineRoster_AnswerAnEmptyPageOrAnError()
    {
        var empty = Population.Courses.Single(course => course.Roster == OnlineRoster.Empty);
        var refused = Population.Courses.Single(course => course.Roster == OnlineRoster.Refused);

        (await Data(RosterPath(empty.Serial))).Items.ShouldBeEmpty();
        var reply = await Data(RosterPath(refused.Serial));
        reply.Status.ShouldBe(404);
        reply.Json.GetProperty("errorCode").GetInt32().ShouldBe(404);
    }
}
