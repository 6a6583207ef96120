using Npgsql;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage;

/// <summary>The sweeps over plain SQL: the same for both engines.</summary>
public sealed class PostgresSweepStore(Database database) : ISweepStore
{
    /// <inheritdoc />
    public Task<Sweep?> ReadAsync(Company company, CancellationToken cancellationToken) =>
        database.RunAsync(
            $"Reading the sweep of company '{company}'",
            database.Sql.ReadSweep,
            async command =>
            {
                await using var row = await command.ExecuteReaderAsync(cancellationToken);
                return await row.ReadAsync(cancellationToken) ? Read(row) : null;
            },
            company.TenantId
        );

    /// <inheritdoc />
    public async Task<bool> BeginAsync(
        Company company,
        Guid? previous,
        Guid sweepId,
        IReadOnlyList<CatalogueCourse> courses,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var batch = new NpgsqlBatch(connection);
            var begin = batch.Add(database.Sql.BeginSweep, company.TenantId, sweepId, now, previous ?? Guid.Empty);
            batch.Add(database.Sql.RemoveSweepCourses, company.TenantId);
            batch.Add(
                database.Sql.AddSweepCourses,
                company.TenantId,
                courses.Select(course => course.Serial).ToArray(),
                courses.Select(course => course.Name).ToArray(),
                sweepId,
                now
            );
            await batch.ExecuteNonQueryAsync(cancellationToken);
            if (begin.Rows != 1)
                return false;

            await transaction.CommitAsync(cancellationToken);
            return true;
        }
        catch (PostgresException error) when (error.IsConflict())
        {
            return false;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresFailures.Describe($"Beginning a sweep of company '{company}'", error);
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<CatalogueCourse>> TakeDueAsync(
        Company company,
        Guid sweepId,
        DateTimeOffset now,
        DateTimeOffset again,
        int outstanding,
        CancellationToken cancellationToken
    ) =>
        database.RunAsync<IReadOnlyList<CatalogueCourse>>(
            $"Handing out the sweep of company '{company}'",
            database.Sql.TakeDueCourses,
            async command =>
            {
                var courses = new List<CatalogueCourse>();
                await using var row = await command.ExecuteReaderAsync(cancellationToken);
                while (await row.ReadAsync(cancellationToken))
                    courses.Add(new CatalogueCourse(row.GetString(0), row.GetString(1)));
                return courses;
            },
            company.TenantId,
            sweepId,
            now,
            again,
            outstanding
        );

    /// <inheritdoc />
    public Task<PendingCourse?> ReadPendingAsync(
        Company company,
        Guid sweepId,
        string courseSerial,
        CancellationToken cancellationToken
    ) =>
        database.RunAsync(
            $"Reading how far course '{courseSerial}' of company '{company}' is swept",
            database.Sql.ReadPendingCourse,
            async command =>
            {
                await using var row = await command.ExecuteReaderAsync(cancellationToken);
                return await row.ReadAsync(cancellationToken)
                    ? new PendingCourse(new CatalogueCourse(courseSerial, row.GetString(0)), row.GetInt32(1))
                    : null;
            },
            company.TenantId,
            sweepId,
            courseSerial
        );

    /// <inheritdoc />
    public Task PostponeAsync(
        Company company,
        Guid sweepId,
        string courseSerial,
        DateTimeOffset dueAt,
        string reason,
        CancellationToken cancellationToken
    ) => SetDueAsync(company, sweepId, courseSerial, dueAt, failures: 1, reason, cancellationToken);

    /// <inheritdoc />
    public Task TakeBackAsync(
        Company company,
        Guid sweepId,
        string courseSerial,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => SetDueAsync(company, sweepId, courseSerial, now, failures: 0, reason: null, cancellationToken);

    private Task<int> SetDueAsync(
        Company company,
        Guid sweepId,
        string courseSerial,
        DateTimeOffset dueAt,
        int failures,
        string? reason,
        CancellationToken cancellationToken
    ) =>
        database.RunAsync(
            $"Postponing course '{courseSerial}' of company '{company}'",
            database.Sql.PostponeCourse,
            cancellationToken,
            company.TenantId,
            sweepId,
            courseSerial,
            dueAt,
            failures,
            Parameters.Text(reason)
        );

    /// <inheritdoc />
    public async Task EndCourseAsync(
        Company company,
        Guid sweepId,
        string courseSerial,
        CourseSweepEnd end,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await database.RunAsync(
            $"Noting that course '{courseSerial}' of company '{company}' is swept",
            database.Sql.EndCourse,
            cancellationToken,
            company.TenantId,
            sweepId,
            courseSerial,
            Word(end.State),
            end.Scans,
            end.Drifted,
            Parameters.Text(end.Reason)
        );
        // Apart from it: of two that end the last two courses at once, one must see both.
        await EndAsync(company, sweepId, now, cancellationToken);
    }

    /// <inheritdoc />
    public Task EndAsync(Company company, Guid sweepId, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.RunAsync(
            $"Ending the sweep of company '{company}'",
            database.Sql.EndSweep,
            cancellationToken,
            company.TenantId,
            sweepId,
            now
        );

    private static Sweep Read(NpgsqlDataReader row) =>
        new(
            row.GetGuid(0),
            row.GetFieldValue<DateTimeOffset>(1),
            row.IsDBNull(2) ? null : row.GetFieldValue<DateTimeOffset>(2),
            row.GetFieldValue<DateTimeOffset>(3),
            (int)row.GetInt64(4),
            (int)row.GetInt64(5),
            (int)row.GetInt64(6),
            (int)row.GetInt64(7),
            (int)row.GetInt64(8),
            (long)row.GetDecimal(9)
        );

    private static string Word(CourseSweepState state) =>
        state switch
        {
            CourseSweepState.Swept => "swept",
            CourseSweepState.Refused => "refused",
            _ => "failed",
        };
}
