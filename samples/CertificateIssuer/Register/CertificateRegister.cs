using CertificateIssuer.Design;
using Npgsql;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Inbox;

namespace CertificateIssuer.Register;

/// <summary>
/// Who holds which certificate. Everything is written in the transaction that also says that the message was handled: entry, file
/// and mark are there together or not at all. The inbox keeps others from the assignment until then, so what is read here holds.
/// </summary>
public sealed class CertificateRegister(CertificateDesign design, TimeProvider time)
{
    private const string Reason = "kursus dibuka kembali / the course was reopened";

    /// <summary>
    /// Issues the certificate of a completed attempt, unless it was issued before. When the attempt was reopened meanwhile,
    /// which happens if its completion comes late, the certificate is entered as revoked.
    /// </summary>
    /// <returns>The certificate; null when it was there.</returns>
    public async Task<Certificate?> IssueAsync(
        CourseCompleted completed,
        InboxTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        var certificate = new Certificate(
            completed.Company,
            completed.AssignmentId,
            completed.Attempt,
            completed.EmployeeId,
            completed.CourseName,
            completed.CompletedAt ?? completed.OccurredAt
        );
        object[] key = [certificate.Company, certificate.AssignmentId, certificate.Attempt];
        await using var reopening = Command(transaction, Sql.LaterReopening, key);
        var revoked = await reopening.ExecuteScalarAsync(cancellationToken) is DateTime at
            ? new Revocation(new DateTimeOffset(at), Reason)
            : null;

        await using var issue = Command(
            transaction,
            Sql.Issue,
            [
                .. key,
                certificate.Number,
                certificate.EmployeeId,
                certificate.CourseName,
                certificate.CompletedAt.UtcDateTime,
                time.GetUtcNow().UtcDateTime,
                (object?)revoked?.At.UtcDateTime ?? DBNull.Value,
                (object?)revoked?.Reason ?? DBNull.Value,
                certificate.Sha256,
                design.Render(certificate, revoked),
            ]
        );
        return await issue.ExecuteNonQueryAsync(cancellationToken) == 1 ? certificate : null;
    }

    /// <summary>Revokes the certificates of the attempts before the one that a reopening begins.</summary>
    /// <returns>Those it revoked, of which there is one at most in the ordinary course of things.</returns>
    public async Task<IReadOnlyList<Certificate>> RevokeAsync(
        CourseReopened reopened,
        InboxTransaction transaction,
        CancellationToken cancellationToken
    )
    {
        object[] attempt = [reopened.Company, reopened.AssignmentId, reopened.Attempt];
        await using var reopen = Command(transaction, Sql.Reopen, [.. attempt, reopened.OccurredAt.UtcDateTime]);
        await reopen.ExecuteNonQueryAsync(cancellationToken);

        var valid = await ReadValidAsync(transaction, attempt, cancellationToken);
        var revoked = new Revocation(reopened.OccurredAt, Reason);
        foreach (var certificate in valid)
        {
            await using var revoke = Command(
                transaction,
                Sql.Revoke,
                [
                    certificate.Company,
                    certificate.AssignmentId,
                    certificate.Attempt,
                    revoked.At.UtcDateTime,
                    revoked.Reason,
                    design.Render(certificate, revoked),
                ]
            );
            await revoke.ExecuteNonQueryAsync(cancellationToken);
        }

        return valid;
    }

    private static async Task<IReadOnlyList<Certificate>> ReadValidAsync(
        InboxTransaction transaction,
        object[] attempt,
        CancellationToken cancellationToken
    )
    {
        var valid = new List<Certificate>();
        await using var command = Command(transaction, Sql.ValidBefore, attempt);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            valid.Add(
                new Certificate(
                    rows.GetString(0),
                    rows.GetString(1),
                    rows.GetInt32(2),
                    rows.GetString(3),
                    rows.GetString(4),
                    rows.GetFieldValue<DateTimeOffset>(5)
                )
            );
        }

        return valid;
    }

    private static NpgsqlCommand Command(InboxTransaction transaction, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, transaction.Connection, transaction.Transaction);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
