using Npgsql;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.IntegrationTests.Storage;

public sealed class When_the_database_refuses(Servers servers)
{
    [Fact]
    public async Task Should_say_that_it_cannot_be_reached()
    {
        await using var database = new Database(
            new StorageOptions { ConnectionString = "Host=127.0.0.1;Port=1;Username=u;Password=hush;Database=d" }
        );

        var failure = await ReadAsync(database);

        failure.Kind.ShouldBe(StorageFailureKind.Unavailable);
        failure.Message.ShouldContain("Reading the progress of company 'default'");
        failure.Message.ShouldContain("Storage:ConnectionString");
        failure.ToString().ShouldNotContain("hush");
    }

    [Fact]
    public async Task Should_say_that_the_password_is_wrong()
    {
        var address = new NpgsqlConnectionStringBuilder(await servers.CreateDatabaseAsync()) { Password = "hush" };
        await using var database = new Database(new StorageOptions { ConnectionString = address.ConnectionString });

        var failure = await ReadAsync(database);

        failure.Kind.ShouldBe(StorageFailureKind.Configuration);
        failure.Message.ShouldContain("28P01");
        failure.ToString().ShouldNotContain("hush");
    }

    [Fact]
    public async Task Should_say_that_tables_are_missing()
    {
        await using var database = new Database(
            new StorageOptions { ConnectionString = await servers.CreateDatabaseAsync() }
        );

        var failure = await ReadAsync(database);

        failure.Kind.ShouldBe(StorageFailureKind.Schema);
        failure.Message.ShouldContain("db apply");
    }

    [Fact]
    public void Should_not_repeat_a_connection_string_it_cannot_read() =>
        Should
            .Throw<StorageException>(() => new Database(new StorageOptions { ConnectionString = "Passwort=hush" }))
            .ToString()
            .ShouldNotContain("hush");

    private static Task<StorageException> ReadAsync(Database database) =>
        Should.ThrowAsync<StorageException>(() =>
            database.Options.Engine.CreateStore(database).ReadProgressAsync(Company.Default, CancellationToken.None)
        );
}
