using System.Security.Cryptography;
using System.Text;

namespace RuangKerja.Events.Courses;

/// <summary>
/// The identity of one employee's hold on one course: made at first sight, never changed, the key of its event stream.
/// </summary>
public readonly record struct AssignmentId(string Value)
{
    /// <summary>Longest id in bytes: a PostgreSQL index entry ends at about 2,700, and the tenant shares it.</summary>
    public const int LongestInBytes = 2_000;

    private const int NameHashLength = 8;

    /// <summary>
    /// The id of an assignment first seen in the feed:
    /// <c>{assignedCourseSerial}/{employeeID}/{8 hex of SHA-256 of the normalised course name}</c>, parts percent-encoded.
    /// The name takes part because one serial may hold several courses.
    /// </summary>
    public static AssignmentId FromFeed(string assignedCourseSerial, string employeeId, string courseName) =>
        new($"{Encode(assignedCourseSerial)}/{Encode(employeeId)}/{NameHash(courseName)}");

    /// <summary>The id of an assignment first seen in a roster: <c>{courseSerial}/{employeeID}</c>, parts percent-encoded.</summary>
    public static AssignmentId FromRoster(string courseSerial, string employeeId) =>
        new($"{Encode(courseSerial)}/{Encode(employeeId)}");

    /// <summary>Course names are compared trimmed and case-insensitively, in the feed, the catalogue and the id.</summary>
    public static string NormaliseCourseName(string courseName) => courseName.Trim().ToLowerInvariant();

    /// <inheritdoc />
    public override string ToString() => Value;

    private static string Encode(string part) => Uri.EscapeDataString(part);

    private static string NameHash(string courseName)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(NormaliseCourseName(courseName)));
        return Convert.ToHexStringLower(hash)[..NameHashLength];
    }
}
