using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Tests.Courses;

public sealed class AssignmentIdTests
{
    [Fact]
    public void Feed_id_is_serial_employee_and_hash_of_the_name()
    {
        // 8 hex digits of SHA-256 of "keselamatan kerja", as `printf 'keselamatan kerja' | sha256sum` gives them.
        AssignmentId
            .FromFeed("ASGC-9O8QZE0T", "ID-1234", "Keselamatan Kerja")
            .Value.ShouldBe("ASGC-9O8QZE0T/ID-1234/779751a0");
    }

    [Fact]
    public void Names_differing_in_case_and_outer_space_are_one_assignment() =>
        AssignmentId
            .FromFeed("A", "E", "  KESELAMATAN kerja ")
            .ShouldBe(AssignmentId.FromFeed("A", "E", "Keselamatan Kerja"));

    [Fact]
    public void One_serial_with_two_courses_is_two_assignments() =>
        AssignmentId.FromFeed("A", "E", "Course 1").ShouldNotBe(AssignmentId.FromFeed("A", "E", "Course 2"));

    [Fact]
    public void Parts_cannot_run_into_each_other() =>
        AssignmentId.FromFeed("A/B", "C", "N").ShouldNotBe(AssignmentId.FromFeed("A", "B/C", "N"));
}
