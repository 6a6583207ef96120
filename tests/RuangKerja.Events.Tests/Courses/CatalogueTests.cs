using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Tests.Courses;

public sealed class CatalogueTests
{
    private static readonly Catalogue Three = new([
        new("C-1", " Keselamatan Kerja"),
        new("C-2", "Etika"),
        new("C-3", "ETIKA "),
    ]);

    [Theory]
    [InlineData("Keselamatan Kerja", CourseLink.Linked, "C-1")]
    [InlineData("\tkeselamatan KERJA\n", CourseLink.Linked, "C-1")]
    [InlineData("Keselamatan  Kerja", CourseLink.Unknown, null)]
    [InlineData("Keselamatan", CourseLink.Unknown, null)]
    [InlineData("etika", CourseLink.Ambiguous, null)]
    public void Name_leads_to_a_serial_when_exactly_one_course_has_it(string name, CourseLink link, string? serial)
    {
        var course = Three.Named(name);

        (course.Link, course.Serial, course.Name).ShouldBe((link, serial, name));
        course.NormalisedName.ShouldBe(AssignmentId.NormaliseCourseName(name));
    }

    [Fact]
    public void Names_that_several_courses_have_are_told() => Three.AmbiguousNames.ShouldBe(["etika"]);

    [Fact]
    public void Nothing_is_known_of_an_empty_catalogue() =>
        Catalogue.Empty.Named("Etika").Link.ShouldBe(CourseLink.Unknown);

    [Fact]
    public void Course_that_comes_twice_is_one_and_its_last_name_counts()
    {
        var renamed = new Catalogue([new("C-1", "Etika"), new("C-1", "Etika Bisnis")]);

        renamed.Courses.ShouldBe([new CatalogueCourse("C-1", "Etika Bisnis")]);
        renamed.Named("Etika").Link.ShouldBe(CourseLink.Unknown);
        renamed.Named("Etika Bisnis").Serial.ShouldBe("C-1");
        new Catalogue([new("C-1", "Etika"), new("C-1", "etika")]).AmbiguousNames.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("C-1", "Keselamatan Kerja", CourseLink.Linked)]
    // Its name is another course's as well, or now another course's, or unknown by now: its serial is certain all the same.
    [InlineData("C-2", "Etika", CourseLink.Ambiguous)]
    [InlineData("C-9", "Keselamatan Kerja", CourseLink.Ambiguous)]
    [InlineData("C-1", "Dulu", CourseLink.Ambiguous)]
    public void Course_whose_roster_is_read_keeps_its_serial(string serial, string name, CourseLink link)
    {
        var course = Three.Rostered(new CatalogueCourse(serial, name));

        (course.Serial, course.Name, course.Link).ShouldBe((serial, name, link));
    }
}
