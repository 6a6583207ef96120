using RuangKerja.Events.Courses;
using RuangKerja.Events.Diagnostics;

namespace RuangKerja.Events.Polling;

/// <summary>Slows the polling of a company down while more waits for the broker than the outbox's budget.</summary>
public sealed class PollingBrake(Backlogs backlogs, OutboxBudget budget, TimeProvider time)
{
    // The outbox may be empty again long before a slow poll is due.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    /// <summary>The brake of one loop over one company, which runs again after <paramref name="interval"/> when nothing slows it.</summary>
    public LoopBrake Of(Company company, TimeSpan interval) => new(this, company, interval);

    private TimeSpan Interval(Company company, TimeSpan usual) =>
        backlogs.Of(company) is { } reading ? budget.Interval(usual, reading.Backlog.Pending) : usual;

    private long Now => time.GetTimestamp();

    private TimeSpan Elapsed(long since) => time.GetElapsedTime(since);

    /// <summary>Not for concurrent use.</summary>
    public sealed class LoopBrake(PollingBrake brake, Company company, TimeSpan usual)
    {
        private long? _ranAt;

        /// <summary>From one run to the next, as much as waits now.</summary>
        public TimeSpan Interval => brake.Interval(company, usual);

        /// <summary>How long to rest before asking again; null when the loop may run. What was never run may.</summary>
        public TimeSpan? Rest()
        {
            var interval = Interval;
            if (_ranAt is not { } at || interval <= usual)
                return null;

            var rest = interval - brake.Elapsed(at);
            if (rest <= TimeSpan.Zero)
                return null;
            return rest < Look ? rest : Look;
        }

        /// <summary>The loop runs now.</summary>
        public void Run() => _ranAt = brake.Now;
    }
}
