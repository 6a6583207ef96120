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
        applied.Out.ShouldContain("is now of version 1");
        (await ServiceProcess.RunAsync(settings, "db", "apply")).Out.ShouldContain("nothing to do");
        (await ServiceProcess.RunAsync(settings, "db", "check")).Code.ShouldBe(0);

        await Talk.ExecuteAsync(database, "alter table ruangkerja.outbox add column unheard_of integer");
        var check = await ServiceProcess.RunAsync(settings, "db", "check");
        check.Code.ShouldBe(8);
        check.Out.ShouldContain("outbox.unheard_of");
    }
}
