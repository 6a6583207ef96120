using CertificateIssuer;
using CertificateIssuer.Design;
using CertificateIssuer.Register;
using Npgsql;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Inbox;
using RuangKerja.Events.Subscriber.Testing;
using RuangKerja.Events.Tests.Samples;

namespace RuangKerja.Events.IntegrationTests.Samples;

/// <summary>The register alone: what no inbox keeps from it.</summary>
public sealed class When_a_completion_comes_late(Servers servers)
{
    private readonly CertificateRegister _register = new(
        new CertificateDesign(
            new CompanyDirectory(new Company(null, TimeZoneInfo.Utc), new Dictionary<string, Company>())
        ),
        TimeProvider.System
    );

    [Fact]
    public async Task Should_be_entered_as_revoked_when_its_attempt_was_reopened()
    {
        await using var database = NpgsqlDataSource.Create(await servers.CreateDatabaseAsync());
        var reader = new RegisterReader(database);
        await reader.MakeTablesAsync(CancellationToken.None);
        var assignment = new TestAssignment();
        var (completed, reopened) = (assignment.Completed(), assignment.Reopened());
        var again = assignment.Completed();

        // As when the first completion lay in the error queue meanwhile.
        await InTransactionAsync(database, t => _register.RevokeAsync(reopened, t, CancellationToken.None));
        var late = await InTransactionAsync(database, t => _register.IssueAsync(completed, t, CancellationToken.None));
        await InTransactionAsync(database, t => _register.IssueAsync(again, t, CancellationToken.None));

        var entries = await reader.ReadNewestAsync(10, CancellationToken.None);
        entries.Single(e => e.Attempt == 1).RevokedAt.ShouldBe(reopened.OccurredAt);
        entries.Single(e => e.Attempt == 2).RevokedAt.ShouldBeNull();
        var file = await reader.ReadFileAsync(late.ShouldNotBeNull().Number, CancellationToken.None);
        new PdfReader(file.ShouldNotBeNull()).Texts().ShouldContain("DICABUT / REVOKED");
    }

    [Fact]
    public async Task Should_give_no_second_one_without_an_inbox_either()
    {
        await using var database = NpgsqlDataSource.Create(await servers.CreateDatabaseAsync());
        var reader = new RegisterReader(database);
        await reader.MakeTablesAsync(CancellationToken.None);
        var completed = new TestAssignment().Completed();

        var first = await InTransactionAsync(database, t => _register.IssueAsync(completed, t, CancellationToken.None));
        var second = await InTransactionAsync(
            database,
            t => _register.IssueAsync(completed, t, CancellationToken.None)
        );

        first.ShouldNotBeNull();
        second.ShouldBeNull();
        (await reader.CountAsync(CancellationToken.None)).ShouldBe(new RegisterCounts(1, 0));
    }

    private static async Task<T> InTransactionAsync<T>(NpgsqlDataSource database, Func<InboxTransaction, Task<T>> work)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var result = await work(new InboxTransaction(connection, transaction));
        await transaction.CommitAsync();
        return result;
    }
}
