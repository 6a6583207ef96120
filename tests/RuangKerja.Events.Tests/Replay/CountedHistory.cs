using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Tests.Storage;

namespace RuangKerja.Events.Tests.Replay;

/// <summary>So many events at every third sequence, of which only what replays read can be asked.</summary>
internal sealed class CountedHistory(int count) : UnaskedHistory
{
    public int PagesRead { get; private set; }

    public static IEnumerable<long> Sequences(int count) => Enumerable.Range(1, count).Select(n => 3L * n);

    public override Task<IReadOnlyList<long>> FindAsync(
        EventFilter filter,
        long after,
        long through,
        int limit,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IReadOnlyList<long>>([
            .. Sequences(count).Where(sequence => sequence > after && sequence <= through).Take(limit),
        ]);

    public override Task<IReadOnlyList<StoredEvent>> ReadAsync(
        IReadOnlyCollection<long> sequences,
        CancellationToken cancellationToken
    )
    {
        PagesRead++;
        return Task.FromResult<IReadOnlyList<StoredEvent>>([
            .. sequences.Select(sequence => new StoredEvent(
                sequence,
                Guid.Empty,
                Company.Default,
                new AssignmentId("a"),
                sequence,
                default,
                Change: null
            )),
        ]);
    }
}
