using RuangKerja.Simulator.Ledger;
using RuangKerja.Simulator.Life;
using RuangKerja.Simulator.People;

namespace RuangKerja.Simulator;

/// <summary>
/// The simulated truth: companies, what happens to them, and the ledger of it. Has no clock: every call that can change
/// something takes the instant, so a life of hours runs in a moment. Thread-safe.
/// </summary>
public sealed partial class World
{
    // Held while something changes, so that ledger order is the order of the changes.
    private readonly Lock _change = new();
    private readonly LifeSchedule _schedule;
    private readonly Random _companyChoice;
    private readonly Company[] _companies;

    /// <summary>Seeds the population as it stands at <paramref name="start"/>.</summary>
    /// <exception cref="ArgumentException">The options are outside their ranges.</exception>
    public World(SimulatorOptions options, DateTimeOffset start)
    {
        if (options.Faults() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults), nameof(options));

        _schedule = new LifeSchedule(options.Seed, options.Alive, options.TransitionsPerMinute, start);
        _companyChoice = new Random(options.Seed);
        _companies = [.. options.Companies.Select((company, i) => Found(options, company, i, start))];

        var firstStates = _companies.SelectMany(company =>
            company.Population.Assignments.Select(assignment => (company.Name, assignment))
        );
        foreach (var (company, assignment) in firstStates.OrderBy(first => first.assignment.UpdatedAt))
            Ledger.Add(company, new Transition(From: null, assignment), initial: true);
    }

    /// <summary>In the order of the options.</summary>
    public IReadOnlyList<Company> Companies => _companies;

    /// <summary>Everything that happened.</summary>
    public TruthLedger Ledger { get; } = new();

    /// <summary>The company of that name; null for the first one.</summary>
    /// <exception cref="OrderRefusedException">There is none.</exception>
    public Company Company(string? name = null) =>
        name is null
            ? _companies[0]
            : Array.Find(_companies, company => company.Name == name)
                ?? throw new OrderRefusedException(OrderRefusal.NoSuchCompany);

    /// <summary>How life goes.</summary>
    public LifeState Life
    {
        get
        {
            lock (_change)
                return new LifeState(_schedule.Alive, _schedule.PerMinute, _schedule.Next);
        }
    }

    /// <summary>Lets everything happen that is due up to and including <paramref name="now"/>. What happens does not depend on how often this is called.</summary>
    /// <returns>What happened, in order.</returns>
    public IReadOnlyList<LedgerEntry> AdvanceTo(DateTimeOffset now)
    {
        lock (_change)
        {
            var happened = new List<LedgerEntry>();
            foreach (var at in _schedule.Due(now))
            {
                var company = _companies[_companyChoice.Next(_companies.Length)];
                if (company.Population.Step(at) is { } transition)
                    happened.Add(Ledger.Add(company.Name, transition, initial: false));
            }

            foreach (var company in _companies)
                company.Population.CatchUp(now);
            return happened;
        }
    }

    /// <summary>Lets what is due happen, then nothing more by itself.</summary>
    public void Pause(DateTimeOffset now)
    {
        lock (_change)
        {
            AdvanceTo(now);
            _schedule.Pause();
        }
    }

    /// <summary>Life goes on from <paramref name="now"/>; the time spent paused is not made up for.</summary>
    public void Resume(DateTimeOffset now)
    {
        lock (_change)
            _schedule.Resume(now);
    }

    /// <summary>Lets what is due happen, then goes on at another rate.</summary>
    /// <param name="perMinute">0 to 60000, over all companies together.</param>
    /// <param name="now">From when on.</param>
    public void ChangeRate(double perMinute, DateTimeOffset now)
    {
        lock (_change)
        {
            AdvanceTo(now);
            _schedule.ChangeRate(perMinute, now);
        }
    }

    private static Company Found(SimulatorOptions options, CompanyOptions company, int number, DateTimeOffset start) =>
        // Companies of one simulator must differ, and the first must not depend on how many follow.
        new(company, new Population(options, company.UtcOffset, unchecked(options.Seed + (number * 7_919)), start));
}
