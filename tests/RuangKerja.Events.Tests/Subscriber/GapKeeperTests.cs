using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber;
using RuangKerja.Events.Subscriber.Gaps;
using RuangKerja.Events.Subscriber.Inbox;
using RuangKerja.Events.Subscriber.Replays;

namespace RuangKerja.Events.Tests.Subscriber;

public sealed class GapKeeperTests
{
    /// <summary>A database or a broker that goes at the same time fails what is under way in its own way.</summary>
    [Fact]
    public async Task Stop_ends_it_without_a_fault_whatever_fails_then()
    {
        await using var provider = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = new GapMetrics(new SubscriberMetrics(provider.GetRequiredService<IMeterFactory>()));
        var store = new StoreThatGoesToo();
        using var keeper = new GapKeeper(
            "courses",
            store,
            new GapSchedule(),
            new NoRequests(),
            new GapReports("courses", metrics, NullLogger<GapReports>.Instance),
            TimeProvider.System
        );
        await keeper.StartAsync(CancellationToken.None);
        await store.Asked.Task.WaitAsync(TimeSpan.FromSeconds(60));

        await keeper.StopAsync(CancellationToken.None);

        keeper.ExecuteTask.ShouldNotBeNull().Status.ShouldBe(TaskStatus.RanToCompletion);
    }

    private sealed class StoreThatGoesToo : IGapStore
    {
        public TaskCompletionSource Asked { get; } = new();

        public async Task<IReadOnlyList<DueGap>> TakeDueAsync(Guid requestId, CancellationToken cancellationToken)
        {
            Asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new InboxException("Taking the gaps that are due: PostgreSQL cannot be reached.");
        }

        public Task<IReadOnlyDictionary<string, long>> ReadHeldAsync(
            string company,
            long first,
            int most,
            CancellationToken cancellationToken
        ) => throw new NotSupportedException();

        public Task NoteStartedAsync(Guid requestId, Guid replayId, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task NoteEndedAsync(Guid requestId, bool isWhole, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<long> CountAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class NoRequests : IReplayRequests
    {
        public Task SendAsync(RequestReplay request, TimeSpan lifetime, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
