using Npgsql;
using RuangKerja.Events.IntegrationTests.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Service;

public sealed class When_the_schema_is_applied(Servers servers)
{
    [Fact]
    public async Task Should_pass_the_check_until_a_table_is_changed()
    {
        var database = await servers.CreateDatabaseAsync();
        var settings = new Dictionary<string, string> { ["Storage:ConnectionString"] = database };

        (await ServiceProcess.RunAsync(settings, "db", "check")).Code.ShouldBe(8);

        var applied = await ServiceProcess.RunAsync(settings, "db", "apply");
        applied.Code.ShouldBe(0, applied.Error);
        applied.Out.ShouldContain("is now of version 3");
        (await ServiceProcess.RunAsync(settings, "db", "apply")).Out.ShouldContain("nothing to do");
        (await ServiceProcess.RunAsync(settings, "db", "check")).Code.ShouldBe(0);

        await Talk.ExecuteAsync(database, "alter table ruangkerja.outbox add column unheard_of integer");
        var check = await ServiceProcess.RunAsync(settings, "db", "check");
        check.Code.ShouldBe(8);
        check.Out.ShouldContain("outbox.unheard_of");
        check.Out.TrimEnd().ShouldEndWith("repair them by hand to match.");

        var again = await ServiceProcess.RunAsync(settings, "db", "apply");
        again.Code.ShouldBe(8);
        again.Out.ShouldContain("outbox.unheard_of");
        again.Out.ShouldNotContain("nothing to do");
    }

    [Fact]
    public async Task Should_skip_the_check_for_a_user_who_may_not_create_a_schema()
    {
        var database = await servers.CreateDatabaseAsync();
        var settings = new Dictionary<string, string> { ["Storage:ConnectionString"] = database };
        (await ServiceProcess.RunAsync(settings, "db", "apply")).Code.ShouldBe(0);
        var user = $"reader_{Guid.NewGuid():N}";
        await Talk.ExecuteAsync(
            database,
            $"""
            create role {user} login password 'reader';
            grant usage on schema ruangkerja to {user};
            grant select on all tables in schema ruangkerja to {user}
            """
        );
        settings["Storage:ConnectionString"] = new NpgsqlConnectionStringBuilder(database)
        {
            Username = user,
            Password = "reader",
        }.ConnectionString;

        var applied = await ServiceProcess.RunAsync(settings, "db", "apply");

        await Talk.ExecuteAsync(database, $"drop owned by {user}; drop role {user}");
        applied.Code.ShouldBe(0, applied.Error);
        applied.Out.ShouldContain("nothing to do");
        applied.Out.ShouldContain("not checked");
    }
}
