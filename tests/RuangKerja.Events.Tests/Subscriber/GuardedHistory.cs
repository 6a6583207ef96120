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
        // In mid-life, and of what follows some do not exist any more.
        var first = random.Next(1, 5);
        Versions =
        [
            .. Enumerable
                .Range(first, random.Next(1, 12))
                .Where(version => version == first || random.Next(5) > 0)
                .Select(version => (long)version),
        ];
        Failing = [.. Versions.Where(_ => random.Next(6) == 0)];
        _ids = Versions.ToDictionary(version => version, _ => Guid.NewGuid());
    }

    /// <summary>Those that exist, from the one on that comes first.</summary>
    public IReadOnlyList<long> Versions { get; }

    /// <summary>Those the consumer cannot handle until it is mended.</summary>
    public IReadOnlyList<long> Failing { get; }

    /// <summary>In the order in which they had their effect.</summary>
    public IReadOnlyList<long> Handled => _handled;

    /// <summary>The first version, and then any in any order, some twice and some never; the last one at least once.</summary>
    public void ReceiveMess()
    {
        Receive(Versions[0], replay: null);
        var mess = Versions.SelectMany(version => Enumerable.Repeat(version, _random.Next(3))).ToArray();
        _random.Shuffle(mess);
        foreach (var version in mess.Append(Versions[^1]))
            Receive(version, _random.Next(4) == 0 ? Guid.NewGuid() : null);
    }

    /// <summary>
    /// As the kit asks: from behind what is settled, with news of any version in between. Neighbours may be judged in the wrong
    /// order, and that the replay is the gap's may be known at once, in the middle, or not before its end.
    /// </summary>
    public void ReplayUntilNoGapIsOpen()
    {
        for (var round = 0; _known?.Gap is not null; round++)
        {
            round.ShouldBeLessThan(500, "the gap is closed at last");
            var (begun, replay) = (_known.Version, Guid.NewGuid());
            var sent = Swapped(Versions.Where(version => version > begun).ToArray());
            var heardAt = _random.Next(sent.Length + 1);
            for (var n = 0; n < sent.Length; n++)
            {
                if (n == heardAt && _known.Gap is { } open)
                    _known = _known with { Gap = open with { ReplayId = replay } };
                Receive(sent[n], replay);
                if (_random.Next(3) == 0)
                    Receive(Versions[_random.Next(Versions.Count)], replay: null);
            }

            if (_known.Gap is { } left)
                _known = _known with
                {
                    Gap = left with { ReplayId = null, IsHole = left.IsHole || _known.Version == begun },
                };
        }
    }

    /// <summary>The consumer is mended, and what it could not handle comes again, twice.</summary>
    public void Redrive()
    {
        _mended = true;
        foreach (var version in Failing.Concat(Failing))
            Receive(version, replay: null);
    }

    private long[] Swapped(long[] versions)
    {
        for (var n = 1; n < versions.Length; n++)
            if (_random.Next(4) == 0)
                (versions[n - 1], versions[n]) = (versions[n], versions[n - 1]);
        return versions;
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
