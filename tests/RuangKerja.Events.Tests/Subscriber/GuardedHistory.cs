using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Tests.Subscriber;

/// <summary>One assignment's versions on their way to a guarded consumer: lost, repeated, out of order, and sent again.</summary>
internal sealed class GuardedHistory
{
    private readonly Random _random;
    private readonly bool _fillGaps;
    private readonly Dictionary<long, Guid> _ids;
    private readonly HashSet<Guid> _handledIds = [];
    private readonly List<long> _handled = [];
    private AssignmentProgress? _known;
    private bool _mended;

    public GuardedHistory(Random random, bool fillGaps)
    {
        (_random, _fillGaps) = (random, fillGaps);
        Versions = [.. Enumerable.Range(1, random.Next(1, 12)).Select(version => (long)version)];
        Failing = [.. Versions.Where(_ => random.Next(6) == 0)];
        _ids = Versions.ToDictionary(version => version, _ => Guid.NewGuid());
    }

    public IReadOnlyList<long> Versions { get; }

    /// <summary>Those the consumer cannot handle until it is mended.</summary>
    public IReadOnlyList<long> Failing { get; }

    /// <summary>In the order in which they had their effect.</summary>
    public IReadOnlyList<long> Handled => _handled;

    /// <summary>The first version, and then any in any order, some twice and some never; the last one at least once.</summary>
    public void ReceiveMess()
    {
        Receive(1, replay: null);
        var mess = Versions.SelectMany(version => Enumerable.Repeat(version, _random.Next(3))).ToArray();
        _random.Shuffle(mess);
        foreach (var version in mess.Append(Versions[^1]))
            Receive(version, _random.Next(4) == 0 ? Guid.NewGuid() : null);
    }

    /// <summary>As the kit asks: from behind what is settled, with news of any version in between.</summary>
    public void ReplayUntilNoGapIsOpen()
    {
        for (var round = 0; _known?.Gap is { } gap; round++)
        {
            round.ShouldBeLessThan(3, "one replay closes a gap");
            var replay = Guid.NewGuid();
            _known = _known with { Gap = gap with { ReplayId = replay } };
            foreach (var version in Versions.Where(version => version > _known.Version).ToList())
            {
                Receive(version, replay);
                if (_random.Next(3) == 0)
                    Receive(Versions[_random.Next(Versions.Count)], replay: null);
            }
        }
    }

    /// <summary>The consumer is mended, and what it could not handle comes again, twice.</summary>
    public void Redrive()
    {
        _mended = true;
        foreach (var version in Failing.Concat(Failing))
            Receive(version, replay: null);
    }

    private void Receive(long version, Guid? replay)
    {
        var delivery = new Delivery("queue", _ids[version], "default", "A-1", version, version * 10, replay);
        var judgement = VersionGuard.Judge(_known, delivery, _handledIds.Contains(delivery.EventId), _fillGaps);
        if (judgement.Verdict == Verdict.Handle && Failing.Contains(version) && !_mended)
        {
            _known = VersionGuard.GiveUp(_known, delivery);
            return;
        }

        if (judgement.Verdict == Verdict.Handle)
        {
            _handled.Add(version);
            _handledIds.Add(delivery.EventId);
        }

        _known = judgement.Then;
    }
}
