using Npgsql;
using RuangKerja.Events.IntegrationTests.Storage;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.IntegrationTests.Interchange;

/// <summary>Who does not own a table does not see all of it: Marten would find differences where there are none.</summary>
[OnEngine("Marten")]
public sealed class When_a_user_does_not_own_the_tables(Servers servers)
{
    [Fact]
    public async Task Should_not_compare_them_and_leave_what_is_applied()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        var user = $"writer_{Guid.NewGuid():N}";
        var address = new NpgsqlConnectionStringBuilder(store.Database.Options.ConnectionString);
        await store.ExecuteAsync(
            $"""
            create role {user} login password 'writer';
            grant create on database {address.Database} to {user};
            grant usage on schema ruangkerja to {user};
            grant select, insert, update, delete on all tables in schema ruangkerja to {user};
            grant usage on all sequences in schema ruangkerja to {user};
            """
        );
        (address.Username, address.Password) = (user, "writer");
        await using (var database = new Database(Engines.Options(address.ConnectionString)))
        {
            var schema = new DatabaseSchema(database);

            (await schema.ApplyAsync(CancellationToken.None)).ShouldBeFalse();
            var refused = await Should.ThrowAsync<StorageException>(() => schema.CheckAsync(CancellationToken.None));

            refused.Kind.ShouldBe(StorageFailureKind.Configuration);
            refused.Message.ShouldContain("does not own the tables");
        }

        await store.ExecuteAsync($"drop owned by {user}; drop role {user}");
        (await store.Schema.CheckAsync(CancellationToken.None)).ShouldBeEmpty();
    }
}
