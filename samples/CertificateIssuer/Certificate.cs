using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CertificateIssuer;

/// <summary>What a certificate certifies: one attempt at one course, completed. Its number and its hash follow from the rest.</summary>
/// <param name="Company">The company by its configured name.</param>
/// <param name="AssignmentId">The assignment, within its company.</param>
/// <param name="Attempt">Which attempt at it was completed.</param>
/// <param name="CompletedAt">When, as well as is known.</param>
public sealed record Certificate(
    string Company,
    string AssignmentId,
    int Attempt,
    string EmployeeId,
    string CourseName,
    DateTimeOffset CompletedAt
)
{
    /// <summary>Without letters that are read as digits or as each other (Crockford's base 32).</summary>
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>
    /// The number, such as <c>RK-4T7K-Q2M9-0XWB</c>. It is made of what the certificate is for and not of a counter: a register
    /// that was lost and comes again from a replay has the same numbers as the certificates that people hold.
    /// </summary>
    public string Number
    {
        get
        {
            var letters = Hash(Company, AssignmentId, Attempt).Take(12).Select(b => Letters[b % Letters.Length]);
            return $"RK-{string.Join('-', letters.Chunk(4).Select(part => new string(part)))}";
        }
    }

    /// <summary>What proves against the register that nothing was changed: SHA-256 over all that is certified, in lower-case hex.</summary>
    public string Sha256 =>
        Convert.ToHexStringLower(
            Hash(Company, AssignmentId, Attempt, EmployeeId, CourseName, CompletedAt.ToUnixTimeMilliseconds())
        );

    /// <summary>As JSON the parts cannot run into each other.</summary>
    private static byte[] Hash(params object[] parts) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(parts)));
}

/// <summary>That a certificate does not hold any more.</summary>
public sealed record Revocation(DateTimeOffset At, string Reason);
