using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.IntegrationTests.Faults.BrokenRules;

/// <summary>What a downstream service does for each event, such as issuing a certificate.</summary>
/// <param name="hasInbox">Whether it keeps the ids of the events it has seen, and does nothing for one that comes again.</param>
internal sealed class EffectCounter(bool hasInbox)
{
    private readonly Lock _gate = new();
    private readonly HashSet<Guid> _inbox = [];
    private readonly List<Guid> _effects = [];

    /// <summary>The events whose effect it had, once for each time.</summary>
    public IReadOnlyList<Guid> Effects
    {
        get
        {
            lock (_gate)
                return [.. _effects];
        }
    }

    public void Handle(CourseStatusChanged change)
    {
        lock (_gate)
        {
            if (_inbox.Add(change.EventId) || !hasInbox)
                _effects.Add(change.EventId);
        }
    }
}
