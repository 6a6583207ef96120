using Npgsql;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage.History;

public sealed partial class PostgresEventHistory
{
    /// <inheritdoc />
    public Task<StoredAssignment?> ReadAssignmentAsync(
        AssignmentReference assignment,
        CancellationToken cancellationToken
    ) =>
        database.RunAsync(
            $"Reading an assignment of company '{assignment.Company}'",
            database.Sql.ReadAssignment,
            async command =>
            {
                await using var row = await command.ExecuteReaderAsync(cancellationToken);
                return await row.ReadAsync(cancellationToken) ? ReadAssignment(row) : null;
            },
            assignment.Company.TenantId,
            assignment.AssignmentId.Value
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredAssignment>> ListAssignmentsAsync(
        AssignmentFilter filter,
        AssignmentReference? after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        database.RunAsync<IReadOnlyList<StoredAssignment>>(
            "Listing assignments",
            database.Sql.ListAssignments,
            async command =>
            {
                var assignments = new List<StoredAssignment>();
                await using var row = await command.ExecuteReaderAsync(cancellationToken);
                while (await row.ReadAsync(cancellationToken))
                    assignments.Add(ReadAssignment(row));
                return assignments;
            },
            limit,
            Parameters.Text(after?.Company.TenantId),
            Parameters.Text(after?.AssignmentId.Value),
            Tenants(filter.Companies),
            Parameters.Text(filter.EmployeeId),
            Parameters.Uuid(DigestOf(filter.CourseName)),
            Parameters.Text(filter.CourseSerial),
            Parameters.AnyOf(filter.Statuses.Select(StoredWords.Of))
        );

    /// <summary>From tenant, id and document: the tenant of an assignment that is indexed is a company's.</summary>
    private static StoredAssignment ReadAssignment(NpgsqlDataReader row)
    {
        Company.TryFromTenantId(row.GetString(0), out var company);
        return new StoredAssignment(company, StoredSnapshot.Read("Reading an assignment", row));
    }
}
