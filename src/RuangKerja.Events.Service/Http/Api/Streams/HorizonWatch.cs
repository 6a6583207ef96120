using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Service.Http.Api.Streams;

/// <summary>
/// Looks how far the feed may be read, once for all streams of the same companies: however many wait, the database is asked
/// once in an interval, and not at all while nobody waits.
/// </summary>
internal sealed class HorizonWatch(GatedHistory history, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>How long after a failure the database is left alone.</summary>
    public static readonly TimeSpan IntervalInTrouble = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Look> _looks = [];

    /// <summary>The next look's horizon.</summary>
    /// <param name="companies">Empty for all.</param>
    /// <exception cref="StorageException">The database did not answer.</exception>
    public Task<long> NextAsync(IReadOnlyList<Company> companies, CancellationToken cancellationToken)
    {
        var names = companies.Select(company => company.Name).Distinct().Order(StringComparer.Ordinal);
        var key = string.Join(',', names);
        Look? look;
        lock (_gate)
        {
            ForgetOld(key);
            if (!_looks.TryGetValue(key, out look) || look.Horizon.IsCompleted)
                look = _looks[key] = new Look(this, companies, WaitBehind(look));
        }

        return look.Horizon.WaitAsync(cancellationToken);
    }

    /// <summary>Clients may name any set of companies: what nobody has waited for since is not kept.</summary>
    private void ForgetOld(string but)
    {
        foreach (var (key, look) in _looks.ToList())
        {
            if (key != but && look.Horizon.IsCompleted && time.GetElapsedTime(look.EndedAt) > IntervalInTrouble)
                _looks.Remove(key);
        }
    }

    private TimeSpan WaitBehind(Look? last)
    {
        if (last is null)
            return TimeSpan.Zero;
        var interval = last.Horizon.IsCompletedSuccessfully ? Interval : IntervalInTrouble;
        return interval - time.GetElapsedTime(last.EndedAt);
    }

    private sealed class Look
    {
        private readonly HorizonWatch _watch;
        private readonly IReadOnlyList<Company> _companies;

        public Look(HorizonWatch watch, IReadOnlyList<Company> companies, TimeSpan wait)
        {
            (_watch, _companies) = (watch, companies);
            Horizon = Task.Run(() => RunAsync(wait), CancellationToken.None);
        }

        public Task<long> Horizon { get; }

        public long EndedAt { get; private set; }

        // Not by the token of one who waits: others wait for the same.
        private async Task<long> RunAsync(TimeSpan wait)
        {
            var stopping = _watch.Stopping;
            try
            {
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait, _watch.Time, stopping);
                return await _watch.History.ReadFeedHorizonAsync(_companies, stopping);
            }
            finally
            {
                EndedAt = _watch.Time.GetTimestamp();
            }
        }
    }

    private CancellationToken Stopping => lifetime.ApplicationStopping;

    private TimeProvider Time => time;

    private GatedHistory History => history;
}
