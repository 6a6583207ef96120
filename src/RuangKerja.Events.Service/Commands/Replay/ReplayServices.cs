using Microsoft.Extensions.DependencyInjection;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Service.Configuration;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Service.Commands.Replay;

/// <summary>What the commands of replays need: the database, and the desk that every door brings its requests to.</summary>
internal sealed class ReplayServices(ServiceProvider services, ReplaySettings settings, IReadOnlyList<string> companies)
    : IAsyncDisposable
{
    /// <summary>Where replays are kept.</summary>
    public IReplayStore Store => services.GetRequiredService<IReplayStore>();

    /// <summary>Where they are asked for. The broker is connected to only to look at the queue.</summary>
    public IReplayDesk Desk =>
        new ReplayDesk(
            services.GetRequiredService<IEventHistory>(),
            Store,
            new QueueProbe(
                settings.Relay,
                ActivatorUtilities.CreateInstance<BrokerCredentials>(services, settings.Relay),
                services.GetRequiredService<TimeProvider>()
            ),
            settings.Replay,
            settings.Relay,
            [.. companies.Select(CompanyOf)],
            services.GetRequiredService<TimeProvider>()
        );

    /// <inheritdoc />
    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static Company CompanyOf(string name) =>
        Company.TryCreate(name, out var company)
            ? company
            : throw new UsageException($"No company can be called '{name}'.");
}
