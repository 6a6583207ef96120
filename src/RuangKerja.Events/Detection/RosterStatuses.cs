using RuangKerja.Events.Api;

namespace RuangKerja.Events.Detection;

/// <summary>Who stood in a roster with which status, page by page through one scan. Pure.</summary>
public sealed class RosterStatuses
{
    private readonly Dictionary<string, string?> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _doubtful = new(StringComparer.Ordinal);

    /// <summary>Why a row of a contradicted employee is bad.</summary>
    public static string Contradiction(string employee) =>
        $"The roster lists employee '{employee}' more than once, with different statuses: which one holds is not said.";

    /// <summary>The employees of whom the rows of one page say different things.</summary>
    public static IReadOnlySet<string> Contradicted(IReadOnlyCollection<RosterRow> rows)
    {
        var statuses = new Dictionary<string, string?>(rows.Count, StringComparer.Ordinal);
        var contradicted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (row.EmployeeId is { } employee && !statuses.TryAdd(employee, row.Status))
            {
                if (statuses[employee] != row.Status)
                    contradicted.Add(employee);
            }
        }

        return contradicted;
    }

    /// <summary>
    /// The next page's rows without those that say something else of an employee than an earlier page did, and those of whom
    /// an earlier page contradicted itself. To take both would be a change there and back with each scan; a list that moved
    /// meanwhile is read again anyhow.
    /// </summary>
    public IReadOnlyList<RosterRow> Agreeing(IReadOnlyList<RosterRow> page)
    {
        var agreeing = page.Where(row =>
                row.EmployeeId is not { } employee
                || (
                    !_doubtful.Contains(employee)
                    && (!_seen.TryGetValue(employee, out var status) || status == row.Status)
                )
            )
            .ToList();
        foreach (var row in agreeing)
        {
            if (row.EmployeeId is { } employee)
                _seen.TryAdd(employee, row.Status);
        }

        _doubtful.UnionWith(Contradicted(page));
        return agreeing;
    }
}
