using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Tests.Courses;

public sealed class AssignmentKeyTests
{
    [Fact]
    public void Digest_is_stored_and_so_never_changes()
    {
        AssignmentKey.ByName("ID-1", "k3 dasar").Digest().ShouldBe(DigestOf("name 4 ID-1 k3 dasar"));
        AssignmentKey.BySerial("ID-1", "COURSE-1").Digest().ShouldBe(DigestOf("serial 4 ID-1 COURSE-1"));
    }

    [Fact]
    public void Parts_do_not_run_into_each_other()
    {
        AssignmentKey[] keys =
        [
            AssignmentKey.ByName("a", "b c"),
            AssignmentKey.ByName("a b", "c"),
            AssignmentKey.ByName("a b c", ""),
            AssignmentKey.ByName("", "a b c"),
            AssignmentKey.ByName("a", " b c"),
            AssignmentKey.ByName("a ", "b c"),
            AssignmentKey.ByName("1 a", "b"),
            AssignmentKey.BySerial("a", "b c"),
            AssignmentKey.BySerial("a b", "c"),
            AssignmentKey.ByName("serial 1", "c"),
        ];

        keys.Select(key => key.Digest()).ShouldBeUnique();
        keys.ShouldBeUnique();
    }

    [Fact]
    public void Name_and_serial_that_read_the_same_are_two_keys()
    {
        var byName = AssignmentKey.ByName("ID-1", "c");
        var bySerial = AssignmentKey.BySerial("ID-1", "c");

        byName.ShouldNotBe(bySerial);
        byName.Digest().ShouldNotBe(bySerial.Digest());
        (byName.EmployeeId, byName.Course, byName.IsSerial).ShouldBe(("ID-1", "c", false));
        bySerial.IsSerial.ShouldBeTrue();
    }

    private static Guid DigestOf(string text) =>
        new(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)).AsSpan(0, 16),
            bigEndian: true
        );
}
