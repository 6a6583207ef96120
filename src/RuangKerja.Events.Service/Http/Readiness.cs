using RuangKerja.Events.Courses;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Polling;

namespace RuangKerja.Events.Service.Http;

/// <summary>How a part stands.</summary>
public enum PartStatus
{
    /// <summary>Its last try went well, and lately enough.</summary>
    Ok,

    /// <summary>It has not done its work yet.</summary>
    Waiting,

    /// <summary>Its last try failed.</summary>
    Failing,

    /// <summary>Its last success is too long ago.</summary>
    Late,
}

/// <summary>One part of one company.</summary>
/// <param name="AgeSeconds">How long ago the last success is; null when there was none.</param>
/// <param name="Reason">Why it is not ok, and what to do; null when it is.</param>
public sealed record PartReadiness(
    PipelinePart Part,
    PartStatus Status,
    DateTimeOffset? LastSuccess,
    double? AgeSeconds,
    string? Reason
);

/// <summary>One company.</summary>
public sealed record CompanyReadiness(string Company, bool Ready, IReadOnlyList<PartReadiness> Parts);

/// <summary>The answer of <c>/health/ready</c>.</summary>
/// <param name="Status"><c>ready</c> or <c>not ready</c>.</param>
public sealed record ReadinessReport(string Status, bool Ready, IReadOnlyList<CompanyReadiness> Companies);

/// <summary>Decides whether the service does its work, from what its parts have said of themselves. Pure.</summary>
public static class Readiness
{
    // A poll may wait for a slow answer and be tried again before it counts as late.
    private const int MissedPolls = 3;
    private static readonly TimeSpan SlowAnswer = TimeSpan.FromMinutes(1);

    /// <summary>How old the feed's last success may be: three intervals and a minute.</summary>
    public static TimeSpan LongestFeedAge(TimeSpan interval) => (interval * MissedPolls) + SlowAnswer;

    /// <summary>Judges every part of every company.</summary>
    /// <param name="companies">Those that are configured: one that never reported is not ready.</param>
    /// <param name="board">What was reported.</param>
    /// <param name="now">For the ages.</param>
    /// <param name="polling">What is polled, and how often.</param>
    public static ReadinessReport Judge(
        IEnumerable<Company> companies,
        IReadOnlyList<PartHealth> board,
        DateTimeOffset now,
        PollingOptions polling
    )
    {
        var judged = companies.Select(Judge).ToList();
        var ready = judged.TrueForAll(company => company.Ready);
        return new ReadinessReport(ready ? "ready" : "not ready", ready, judged);

        CompanyReadiness Judge(Company company)
        {
            IReadOnlyList<PartReadiness> parts =
            [
                Feed(Entry(company, PipelinePart.Feed), now, polling.Feed.Interval),
                .. Sweep(company),
                Plain(Entry(company, PipelinePart.Database), now),
                Plain(Entry(company, PipelinePart.Broker), now),
                Plain(Entry(company, PipelinePart.Relay), now),
            ];
            return new CompanyReadiness(company.Name, parts.All(part => part.Status == PartStatus.Ok), parts);
        }

        IEnumerable<PartReadiness> Sweep(Company company) =>
            polling.Rosters.Enabled ? [Plain(Entry(company, PipelinePart.Sweep), now)] : [];

        PartHealth Entry(Company company, PipelinePart part) =>
            board.FirstOrDefault(entry => entry.Company == company && entry.Part == part)
            ?? new PartHealth(company, part, LastSuccess: null, Failure: null);
    }

    private static PartReadiness Feed(PartHealth entry, DateTimeOffset now, TimeSpan interval)
    {
        var part = Plain(entry, now);
        var longest = LongestFeedAge(interval);
        return part.Status == PartStatus.Ok && now - entry.LastSuccess > longest
            ? part with
            {
                Status = PartStatus.Late,
                Reason =
                    $"The last poll that went well is more than {longest:c} ago. Look at the log for what holds it up.",
            }
            : part;
    }

    private static PartReadiness Plain(PartHealth entry, DateTimeOffset now) =>
        entry switch
        {
            { Failure: { } failure } => Part(entry, PartStatus.Failing, now, failure),
            { LastSuccess: null } => Part(entry, PartStatus.Waiting, now, "It has not done its work yet."),
            _ => Part(entry, PartStatus.Ok, now, reason: null),
        };

    private static PartReadiness Part(PartHealth entry, PartStatus status, DateTimeOffset now, string? reason) =>
        new(
            entry.Part,
            status,
            entry.LastSuccess,
            entry.LastSuccess is { } success ? Math.Round((now - success).TotalSeconds, 1) : null,
            reason
        );
}
