using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.LocalServers;

public sealed class When_two_sets_of_servers_run
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Should_share_nothing_and_leave_nothing_when_stopped()
    {
        var sets = await Task.WhenAll(LocalServerSet.StartAsync(), LocalServerSet.StartAsync());
        var (one, other) = (sets[0], sets[1]);
        try
        {
            await Talk.ExecuteAsync(one.Postgres.ConnectionString, "create table mark (n int)");
            await Talk.PublishAsync(one.RabbitMq.AmqpUri, "mark", "halo");

            const string Marks = "select count(*) from pg_class where relname = 'mark'";
            (await Talk.QueryAsync<long>(other.Postgres.ConnectionString, Marks)).ShouldBe(0);
            (await Talk.TakeAsync(other.RabbitMq.AmqpUri, "mark")).ShouldBeNull();
            ServerTraces.ProcessesOf(one.Postgres).ShouldContain(one.Postgres.ProcessId);
            ServerTraces.ProcessesOf(one.RabbitMq).ShouldContain(one.RabbitMq.ProcessId);

            await one.DisposeAsync();

            await Wait.Until(() => ServerTraces.AreGone(one.Postgres.Folder), Soon, "no trace of PostgreSQL");
            await Wait.Until(() => ServerTraces.AreGone(one.RabbitMq.Folder), Soon, "no trace of RabbitMQ");
            (await Talk.QueryAsync<long>(other.Postgres.ConnectionString, Marks)).ShouldBe(0);
            (await other.RabbitMq.RabbitMqCtlAsync("list_queues", "name")).ShouldContain("mark");
        }
        finally
        {
            await one.DisposeAsync();
            await other.DisposeAsync();
        }
    }
}
