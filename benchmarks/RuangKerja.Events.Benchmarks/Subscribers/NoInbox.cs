using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Benchmarks.Subscribers;

/// <summary>Remembers nothing: what the kit does without an inbox.</summary>
internal sealed class NoInbox : IInbox
{
    private static readonly Task<IInboxEntry> New = Task.FromResult<IInboxEntry>(new Entry());

    public Task<IInboxEntry> OpenAsync(Delivery delivery, CancellationToken cancellationToken) => New;

    public Task NoteGivenUpAsync(Delivery delivery, string reason, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    private sealed class Entry : IInboxEntry
    {
        public Verdict Verdict => Verdict.Handle;

        public InboxTransaction? Transaction => null;

        public Task CommitAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
