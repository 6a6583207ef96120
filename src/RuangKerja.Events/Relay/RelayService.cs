using Microsoft.Extensions.Hosting;

namespace RuangKerja.Events.Relay;

/// <summary>Runs the relay of every company for as long as the program runs.</summary>
public sealed class RelayService(IReadOnlyList<RelayLoop> loops) : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Loops.RunAsync(loops.Select(loop => loop.RunAsync(stoppingToken)));
}
