using RuangKerja.Simulator.People;

namespace RuangKerja.Simulator.Ledger;

/// <summary>Everything that happened since the start, in order: what a poller's findings are measured against. Thread-safe.</summary>
public sealed class TruthLedger
{
    private readonly Lock _gate = new();
    private readonly List<LedgerEntry> _entries = [];

    /// <summary>The highest <see cref="LedgerEntry.Seq"/> given out; 0 when nothing happened yet.</summary>
    public long LastSeq
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    /// <summary>The entries with a higher seq, in order.</summary>
    /// <param name="seq">0 for all of them.</param>
    /// <param name="company">Only this company's; null for all companies.</param>
    public IReadOnlyList<LedgerEntry> After(long seq = 0, string? company = null)
    {
        List<LedgerEntry> later;
        lock (_gate)
        {
            var first = (int)Math.Clamp(seq, 0, _entries.Count);
            later = _entries[first..];
        }

        return company is null ? later : later.FindAll(entry => entry.Company == company);
    }

    internal LedgerEntry Add(string company, Transition transition, bool initial)
    {
        var now = transition.Now;
        lock (_gate)
        {
            var entry = new LedgerEntry(
                _entries.Count + 1,
                now.UpdatedAt,
                company,
                now.Employee.Id,
                now.Course.Serial,
                now.Course.Name,
                now.AssignedCourseSerial,
                transition.From,
                now.Status,
                initial
            );
            _entries.Add(entry);
            return entry;
        }
    }
}
