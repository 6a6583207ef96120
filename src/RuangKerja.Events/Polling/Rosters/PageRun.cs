using RuangKerja.Events.Api;

namespace RuangKerja.Events.Polling.Rosters;

/// <summary>
/// Follows one scan over the pages of a list: says when the list is at its end, and whether it moved meanwhile, so that an
/// entry may have been missed. Pure.
/// </summary>
internal sealed class PageRun
{
    /// <summary>How often a list that moved is read again from its beginning.</summary>
    public const int MostRescans = 3;

    // An API that answers every page with the same one must not be asked for ever.
    private const int MostPages = 20_000;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int? _total;
    private int _rows;

    /// <summary>The page to ask for next, from 1.</summary>
    public int Page { get; private set; } = 1;

    /// <summary>Whether the last page was read.</summary>
    public bool AtEnd { get; private set; }

    /// <summary>Whether the number of entries moved, an entry came on two pages, or some never came.</summary>
    public bool Drifted { get; private set; }

    /// <summary>Takes a page in.</summary>
    /// <param name="entries">What tells its entries apart; null for one that cannot be told.</param>
    public void Take(IReadOnlyList<string?> entries, PageNumbers numbers)
    {
        _total ??= numbers.TotalItems;
        _rows += entries.Count;
        var known = entries.Count(entry => entry is not null && _seen.Contains(entry));
        _seen.UnionWith(entries.OfType<string>());

        AtEnd = IsLast(entries.Count, numbers) || (Page > 1 && known == entries.Count) || Page == MostPages;
        Drifted |= known > 0 || numbers.TotalItems != _total || (AtEnd && _total is { } total && total != _rows);
        Page++;
    }

    private bool IsLast(int count, PageNumbers numbers) =>
        count == 0
        || (
            (numbers.TotalPages, numbers.TotalItems) switch
            {
                ({ } pages, _) => Page >= pages,
                (null, { } total) => (long)Page * IRuangKerjaApi.PageSize >= total,
                // The list itself, without numbers: a page that is not full is the last; one that is overfull is all.
                _ => count != IRuangKerjaApi.PageSize,
            }
        );
}
