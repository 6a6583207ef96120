namespace RuangKerja.Events.IntegrationTests.LocalServers;

public sealed class When_servers_run_for_all_tests(Servers servers)
{
    [Fact]
    public async Task Should_answer_a_query_in_a_database_of_ones_own()
    {
        var one = await servers.CreateDatabaseAsync();
        var other = await servers.CreateDatabaseAsync();

        await Talk.ExecuteAsync(one, "create table mark (n int)");

        (await Talk.QueryAsync<long>(one, "select count(*) from pg_class where relname = 'mark'")).ShouldBe(1);
        (await Talk.QueryAsync<long>(other, "select count(*) from pg_class where relname = 'mark'")).ShouldBe(0);
        (await Talk.QueryAsync<string>(one, "show timezone")).ShouldBe("UTC");
    }

    [Fact]
    public async Task Should_carry_a_message_in_a_virtual_host_of_ones_own()
    {
        var broker = await servers.CreateVirtualHostAsync();
        var queue = $"mark-{Guid.NewGuid():N}";

        await Talk.PublishAsync(broker, queue, "halo");

        (await Talk.TakeAsync(broker, queue)).ShouldBe("halo");
    }
}
