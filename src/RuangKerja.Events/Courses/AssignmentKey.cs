using System.Security.Cryptography;
using System.Text;

namespace RuangKerja.Events.Courses;

/// <summary>
/// Under what an assignment is looked for: an employee and a course, the course by its serial or by its normalised name.
/// Several assignments may share a key: a course can be assigned to one employee more than once.
/// </summary>
public readonly record struct AssignmentKey
{
    private AssignmentKey(string employeeId, string course, bool isSerial)
    {
        EmployeeId = employeeId;
        Course = course;
        IsSerial = isSerial;
    }

    /// <summary>The company's own id of the employee.</summary>
    public string EmployeeId { get; }

    /// <summary>The course's serial, or its normalised name.</summary>
    public string Course { get; }

    /// <summary>Which of the two <see cref="Course"/> is.</summary>
    public bool IsSerial { get; }

    /// <summary>By what the feed tells of a course.</summary>
    /// <param name="normalisedName">See <see cref="AssignmentId.NormaliseCourseName"/>.</param>
    public static AssignmentKey ByName(string employeeId, string normalisedName) =>
        new(employeeId, normalisedName, isSerial: false);

    /// <summary>By what a roster tells of a course.</summary>
    public static AssignmentKey BySerial(string employeeId, string courseSerial) =>
        new(employeeId, courseSerial, isSerial: true);

    /// <summary>
    /// The key as it is stored, of one length however long its parts: the first half of the SHA-256 of its parts, each
    /// behind its length.
    /// </summary>
    public Guid Digest()
    {
        var text = $"{(IsSerial ? "serial" : "name")} {EmployeeId.Length} {EmployeeId} {Course}";
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return new Guid(hash[..16], bigEndian: true);
    }
}
