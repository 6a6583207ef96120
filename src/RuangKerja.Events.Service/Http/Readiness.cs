using RuangKerja.Events.Courses;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Service.Http;

/// <summary>One part of one company.</summary>
/// <param name="LastSuccess">When it last did its work, or saw that another instance does; null when it never did.</param>
/// <param name="AgeSeconds">How long ago that is; null when there was none.</param>
/// <param name="LongestAgeSeconds">From which age on the part is late.</param>
/// <param name="Reason">What there is to say of it; null when it is simply well.</param>
/// <param name="Hint">What to do; null when there is nothing to do, or nothing is known.</param>
public sealed record PartReadiness(
    PipelinePart Part,
    PartStatus Status,
    DateTimeOffset? LastSuccess,
    double? AgeSeconds,
    double LongestAgeSeconds,
    string? Reason,
    string? Hint
);

/// <summary>One company.</summary>
/// <param name="Backlog">What of it waits in the database; null until that was read once.</param>
public sealed record CompanyReadiness(
    string Company,
    bool Ready,
    IReadOnlyList<PartReadiness> Parts,
    Backlog? Backlog = null
);

/// <summary>The answer of <c>/health/ready</c>.</summary>
/// <param name="Status"><c>ready</c> or <c>not ready</c>.</param>
public sealed record ReadinessReport(string Status, bool Ready, IReadOnlyList<CompanyReadiness> Companies);

/// <summary>Decides whether the service does its work, from what its parts have said of themselves. Pure.</summary>
/// <param name="options">Which companies are configured (one that never reported is not ready), and how often parts report.</param>
public sealed class Readiness(PipelineOptions options)
{
    private readonly LongestAges _ages = new(options);

    /// <summary>Judges every part of every company.</summary>
    /// <param name="board">What was reported.</param>
    /// <param name="backlog">A company's backlog; null when it was not read yet.</param>
    public ReadinessReport Judge(IReadOnlyList<PartHealth> board, Func<Company, Backlog?> backlog)
    {
        var judged = options.Companies.Select(company => Judge(company.Company)).ToList();
        var ready = judged.TrueForAll(company => company.Ready);
        return new ReadinessReport(ready ? "ready" : "not ready", ready, judged);

        CompanyReadiness Judge(Company company)
        {
            var parts = Parts().Select(part => this.Judge(Entry(company, part))).ToList();
            return new CompanyReadiness(company.Name, parts.TrueForAll(IsReady), parts, backlog(company));
        }

        PartHealth Entry(Company company, PipelinePart part) =>
            board.FirstOrDefault(entry => entry.Company == company && entry.Part == part)
            ?? new PartHealth(company, part, LastSuccess: null);
    }

    /// <summary>Rows that a person should look at when there is time keep nothing from going on.</summary>
    private static bool IsReady(PartReadiness part) =>
        part.Status is PartStatus.Ok or PartStatus.StandingBy or PartStatus.Attention;

    private IEnumerable<PipelinePart> Parts() =>
        Enum.GetValues<PipelinePart>().Where(part => part != PipelinePart.Sweep || options.Polling.Rosters.Enabled);

    private PartReadiness Judge(PartHealth entry)
    {
        var longest = _ages.Of(entry.Part) + entry.Pause;
        // What was found says more than how long it has been so.
        var verdict = entry.Verdict is { IsWell: false } wrong ? wrong : Freshness(entry.Age, longest) ?? entry.Verdict;
        return new PartReadiness(
            entry.Part,
            verdict?.Status ?? PartStatus.Ok,
            entry.LastSuccess,
            entry.Age is { } given ? Math.Round(given.TotalSeconds, 1) : null,
            longest.TotalSeconds,
            verdict?.Reason,
            verdict?.Hint
        );
    }

    /// <summary>Null when the last success is there and young enough, whatever else there is to say.</summary>
    private static PartVerdict? Freshness(TimeSpan? age, TimeSpan longest) =>
        age switch
        {
            null => new PartVerdict(
                PartStatus.Waiting,
                "It has not done its work yet.",
                "Wait a moment; else look at the other parts, and at the log."
            ),
            { } given when given > longest => new PartVerdict(
                PartStatus.Late,
                $"The last time that it did its work is more than {longest:c} ago.",
                "Look at the other parts, and at the log, for what holds it up; if nothing does, restart this instance."
            ),
            _ => null,
        };
}
