using System.Security.Cryptography;
using System.Text;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage.History;

/// <summary>
/// A course's name as assignments are found by it, of one length however long it is: the first half of the SHA-256 of the
/// normalised name. Made here alone: the database never normalises a name by rules of its own.
/// </summary>
internal static class CourseDigest
{
    public static Guid Of(string courseName)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(AssignmentId.NormaliseCourseName(courseName)), hash);
        return new Guid(hash[..16], bigEndian: true);
    }
}
