using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Samples;

/// <summary>The samples, started while their database is away, as after a restart of the machine.</summary>
public sealed class When_the_database_comes_later(Servers servers)
{
    private const string Waiting = "The start waits for the database";

    [Fact]
    public async Task Should_keep_the_issuer_waiting_and_nothing_more()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var postgres = await PostgresServer.StartAsync();
        await postgres.StopAsync();
        await using var issuer = RunningIssuer.Launch(broker, postgres.ConnectionString);

        await issuer.WaitForLineAsync(Waiting);
        await postgres.StartAgainAsync();
        await issuer.WaitUntilItListensAsync();

        (await issuer.CountAsync()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Should_keep_the_notifier_waiting_and_nothing_more()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var postgres = await PostgresServer.StartAsync();
        await postgres.StopAsync();
        await using var notifier = RunningNotifier.Launch(broker, postgres.ConnectionString, smtpPort: 25);

        await notifier.WaitForLineAsync(Waiting);
        await postgres.StartAgainAsync();
        await notifier.WaitUntilItListensAsync();

        (await notifier.ReadOutboxAsync()).Waiting.ShouldBe(0);
    }
}
