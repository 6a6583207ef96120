using Npgsql;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Tests.Storage;

public sealed class PostgresFailuresTests
{
    [Fact]
    public void Column_that_a_newer_version_writes_means_another_schema() =>
        ShouldBeOfAnotherVersion(
            new PostgresException(
                "null value in column \"schema_version\"",
                "ERROR",
                "ERROR",
                PostgresErrorCodes.NotNullViolation,
                columnName: "schema_version"
            )
        );

    [Fact]
    public void Constraint_that_a_newer_version_meets_means_another_schema() =>
        ShouldBeOfAnotherVersion(
            new PostgresException(
                "new row violates check constraint \"lease_schema_version\"",
                "ERROR",
                "ERROR",
                PostgresErrorCodes.CheckViolation,
                constraintName: "lease_schema_version"
            )
        );

    [Fact]
    public void Other_column_that_is_missing_is_a_fault() =>
        PostgresFailures
            .Describe(
                "Storing",
                new PostgresException("null", "ERROR", "ERROR", PostgresErrorCodes.NotNullViolation, columnName: "data")
            )
            .Kind.ShouldBe(StorageFailureKind.Refused);

    private static void ShouldBeOfAnotherVersion(PostgresException error)
    {
        var told = PostgresFailures.Describe("Storing", error);

        told.Kind.ShouldBe(StorageFailureKind.Schema);
        told.Message.ShouldContain("a newer version of this program has changed the tables");
        told.Hint.ShouldBe("Run the newer version of this program.");
    }
}
