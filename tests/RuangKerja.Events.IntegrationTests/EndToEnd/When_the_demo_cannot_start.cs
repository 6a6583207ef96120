using Npgsql;
using RuangKerja.Events.IntegrationTests.Samples;
using RuangKerja.Events.Service.Commands.Demo;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.EndToEnd;

public sealed class When_the_demo_cannot_start
{
    /// <summary>The second sample's database is there already, while the first sample runs.</summary>
    [Fact]
    public async Task Should_leave_no_sample_behind()
    {
        await using var servers = await LocalServerSet.StartAsync();
        await using (var source = NpgsqlDataSource.Create(servers.Postgres.ConnectionString))
        await using (var command = source.CreateCommand("create database learner_notifier"))
            await command.ExecuteNonQueryAsync();
        var options = new DemoOptions(
            Length: null,
            Rate: 60,
            Seed: 1,
            new FileInfo(SamplePrograms.Find("CertificateIssuer")),
            new FileInfo(SamplePrograms.Find("LearnerNotifier"))
        );

        await Should.ThrowAsync<PostgresException>(() =>
            DemoSamples.StartAsync(options, servers, (_, _) => { }, CancellationToken.None)
        );

        ProcessesWith(servers.RabbitMq.AmqpUri.AbsoluteUri).ShouldBeEmpty();
    }

    /// <summary>Those that were given this setting.</summary>
    private static string[] ProcessesWith(string setting) =>
        [.. Directory.EnumerateDirectories("/proc").Where(process => Has(process, setting))];

    private static bool Has(string process, string setting)
    {
        try
        {
            return File.ReadAllText($"{process}/environ").Contains(setting, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
