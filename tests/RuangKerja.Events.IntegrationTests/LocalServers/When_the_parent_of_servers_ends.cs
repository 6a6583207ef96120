using System.Diagnostics;
using System.Text.Json;

namespace RuangKerja.Events.IntegrationTests.LocalServers;

public sealed class When_the_parent_of_servers_ends
{
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Should_leave_nothing_behind_after_a_kill()
    {
        using var parent = StartParent(ServerHolder.Postgres, ServerHolder.RabbitMq);
        var folders = await ReadFoldersAsync(parent);
        foreach (var folder in folders)
            ServerTraces.ProcessesOf(folder).Length.ShouldBeGreaterThan(1);

        parent.Kill();

        foreach (var folder in folders)
            await Wait.Until(() => ServerTraces.AreGone(folder), StopDeadline, $"no trace of the server in {folder}");
    }

    [Fact]
    public async Task Should_leave_nothing_behind_after_ctrl_c()
    {
        using var parent = StartParent(ServerHolder.Postgres);
        var folder = (await ReadFoldersAsync(parent)).ShouldHaveSingleItem();
        ServerTraces.ProcessesOf(folder).Length.ShouldBeGreaterThan(1);

        // What a terminal does: the signal goes to the whole process group.
        using var kill = Process.Start("kill", ["-s", "INT", "--", $"-{parent.Id}"]);
        await kill.WaitForExitAsync();

        await Wait.Until(() => ServerTraces.AreGone(folder), StopDeadline, $"no trace of the server in {folder}");
    }

    /// <summary>Starts this assembly again, at the head of a process group of its own.</summary>
    private static Process StartParent(params string[] servers)
    {
        string[] arguments =
        [
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            typeof(ServerHolder).Assembly.Location,
            ServerHolder.Verb,
            .. servers,
        ];
        return Process.Start(
            new ProcessStartInfo("setsid", arguments)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
    }

    private static async Task<string[]> ReadFoldersAsync(Process parent)
    {
        var line = await parent.StandardOutput.ReadLineAsync();
        return JsonSerializer.Deserialize<string[]>(line.ShouldNotBeNull("The parent ended without a word."))!;
    }
}
