using Npgsql;
using RuangKerja.Events.Diagnostics;
using RuangKerja.LocalServers;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>PostgreSQL answers, and has no disk or no connection left.</summary>
[Trait("Promise", "P1")]
public sealed class When_the_database_has_no_room(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task F07_P1_Should_stand_still_and_say_why_until_the_disk_has_room()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        await bench.StartPipelineAsync();
        await bench.LiveUntilReceivedAsync(10);

        // What PostgreSQL answers when it cannot extend a file.
        await bench.Deployment.ColumnAsync(
            """
            create function public.no_room() returns trigger language plpgsql as $$
            begin
                raise exception 'could not extend file' using errcode = 'disk_full';
            end $$;
            create trigger no_room before insert on ruangkerja.mt_events execute function public.no_room();
            """
        );
        await bench.Deployment.LiveAsync(transitions: 10);
        await Wait.Until(
            () =>
                bench.Deployment.FailureOf(PipelinePart.Feed) is { } failure
                && failure.Contains("could not extend file")
                && failure.Contains("Give the server disk"),
            Patience,
            "health tells what was found, and what is missing"
        );
        var watermark = await ReadWatermarkAsync(bench);
        await bench.Deployment.LiveAsync(transitions: 40);
        await bench.WaitForRequestsAsync(UpstreamEndpoint.Feed, more: 3);
        (await ReadWatermarkAsync(bench)).ShouldBe(watermark, "it was tried again, twice at least");

        await bench.Deployment.ColumnAsync("drop function public.no_room() cascade");
        (await bench.JudgeAsync()).ShouldBeComplete();
        await Wait.Until(() => bench.Deployment.Health.All(part => part.Failure is null), Patience, "all is well");
    }

    [Fact]
    public async Task F08_P1_Should_say_that_no_connection_is_left_and_take_one_when_there_is()
    {
        await using var postgres = await PostgresServer.StartAsync(
            new PostgresServerOptions
            {
                Settings = new Dictionary<string, string>
                {
                    ["max_connections"] = "20",
                    ["superuser_reserved_connections"] = "0",
                },
            }
        );
        await using var bench = await FaultBench.PrepareAsync(
            postgres.ConnectionString,
            await servers.CreateVirtualHostAsync()
        );
        await bench.StartPipelineAsync();
        await bench.LiveUntilReceivedAsync(10);

        bench.Simulator.Resume();
        await using (var hog = new ConnectionHog(postgres.ConnectionString))
        {
            await Wait.Until(
                async () =>
                {
                    bench.Database.ResetAll();
                    await hog.TakeAllAsync();
                    return IsOutOfConnections(PipelinePart.Feed) && IsOutOfConnections(PipelinePart.Relay);
                },
                Patience,
                "both say that no connection is left"
            );
            await bench.Deployment.LiveAsync(transitions: 20);
        }

        await bench.LiveUntilReceivedAsync(10);
        (await bench.JudgeAsync()).ShouldBeComplete();
        await Wait.Until(() => bench.Deployment.Health.All(part => part.Failure is null), Patience, "all is well");

        bool IsOutOfConnections(PipelinePart part) =>
            bench.Deployment.FailureOf(part)?.Contains("too many clients") == true;
    }

    [Fact]
    public async Task F08_P1_Should_poll_and_relay_over_the_fewest_connections_there_may_be()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        // One of them listens: all else shares two.
        bench.Deployment.Configure(options => options with { Storage = options.Storage with { MaxConnections = 3 } });
        await bench.StartPipelineAsync();

        await bench.LiveUntilReceivedAsync(50);

        (await bench.JudgeAsync()).ShouldBeComplete();
        bench.Database.Open.ShouldBeLessThanOrEqualTo(3);
    }

    private static async Task<string> ReadWatermarkAsync(FaultBench bench) =>
        (await bench.Deployment.ColumnAsync("select watermark::text from ruangkerja.poll_progress")).Single();

    /// <summary>Some other program that takes every connection it gets and gives none back.</summary>
    private sealed class ConnectionHog(string connectionString) : IAsyncDisposable
    {
        private readonly string _unpooled = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
        }.ConnectionString;
        private readonly List<NpgsqlConnection> _taken = [];

        public async Task TakeAllAsync()
        {
            while (true)
            {
                var connection = new NpgsqlConnection(_unpooled);
                try
                {
                    await connection.OpenAsync();
                }
                catch (PostgresException none) when (none.SqlState == PostgresErrorCodes.TooManyConnections)
                {
                    await connection.DisposeAsync();
                    return;
                }

                _taken.Add(connection);
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var connection in _taken)
                await connection.DisposeAsync();
        }
    }
}
