using Npgsql;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.IntegrationTests.Storage;

public class When_the_database_refuses(Servers servers)
{
    [Fact]
    public async Task Should_say_that_it_cannot_be_reached()
    {
        await using var database = new Database(
            Engines.Options("Host=127.0.0.1;Port=1;Username=u;Password=hush;Database=d")
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
        await using var database = new Database(Engines.Options(address.ConnectionString));

        var failure = await ReadAsync(database);

        failure.Kind.ShouldBe(StorageFailureKind.Configuration);
        failure.Message.ShouldContain("28P01");
        failure.ToString().ShouldNotContain("hush");
    }

    [Fact]
    public async Task Should_say_that_tables_are_missing()
    {
        await using var database = new Database(Engines.Options(await servers.CreateDatabaseAsync()));

        var failure = await ReadAsync(database);

        failure.Kind.ShouldBe(StorageFailureKind.Schema);
        failure.Message.ShouldContain("db apply");
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=u;Password=hush;Database=d", StorageFailureKind.Unavailable)]
    [InlineData(null, StorageFailureKind.Configuration)]
    public async Task Should_say_so_of_each_thing_that_is_asked_of_it(string? address, StorageFailureKind kind)
    {
        address ??= new NpgsqlConnectionStringBuilder(await servers.CreateDatabaseAsync())
        {
            Password = "hush",
        }.ConnectionString;
        await using var database = new Database(Engines.Options(address));
        var nothing = new ChunkCommit(Company.Default, new NoMove(), ChangeSet.Empty, [], PublishBaseline: false);
        var (engine, schema) = (database.Options.Engine, new DatabaseSchema(database));
        List<Func<Task>> asked =
        [
            () => engine.CreateStore(database).CommitAsync(nothing, CancellationToken.None),
            () => schema.CheckAsync(CancellationToken.None),
            () => schema.ApplyAsync(CancellationToken.None),
        ];
        // The other engine adds nothing to the schema, and asks nothing.
        if (engine is not NpgsqlEngine)
            asked.AddRange([
                () => engine.CheckAsync(database, CancellationToken.None),
                () => engine.ApplyAsync(database, CancellationToken.None),
            ]);

        foreach (var ask in asked)
        {
            var failure = await Should.ThrowAsync<StorageException>(ask);
            failure.Kind.ShouldBe(kind);
            failure.ToString().ShouldNotContain("hush");
        }
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
