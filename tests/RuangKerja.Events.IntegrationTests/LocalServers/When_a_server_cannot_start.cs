using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.LocalServers;

public sealed class When_a_server_cannot_start
{
    [Fact]
    public async Task Should_name_all_missing_programs_and_what_to_install()
    {
        var empty = Directory.CreateTempSubdirectory();
        try
        {
            var failure = await Should.ThrowAsync<ServerProgramsMissingException>(() =>
                LocalServerSet.StartAsync(
                    new PostgresServerOptions { ProgramFolder = empty.FullName },
                    new RabbitMqServerOptions { ProgramFolder = empty.FullName }
                )
            );

            failure.Programs.ShouldBe(["postgres", "initdb", "rabbitmq-server", "rabbitmqctl"]);
            failure.Message.ShouldContain("initdb");
            failure.Message.ShouldContain("apt-get install postgresql rabbitmq-server");
        }
        finally
        {
            empty.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Should_show_the_end_of_its_log_and_leave_no_folder()
    {
        var parent = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"rk-test-{Guid.NewGuid():N}"));
        try
        {
            var failure = await Should.ThrowAsync<ServerStartException>(() =>
                PostgresServer.StartAsync(
                    new PostgresServerOptions
                    {
                        ParentFolder = parent.FullName,
                        Settings = new Dictionary<string, string> { ["max_connections"] = "none" },
                    }
                )
            );

            failure.LogEnd.ShouldContain("max_connections");
            failure.Message.ShouldContain(failure.LogEnd);
            parent.EnumerateFileSystemInfos().ShouldBeEmpty();
        }
        finally
        {
            parent.Delete(recursive: true);
        }
    }
}
