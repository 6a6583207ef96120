using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Polling.Rosters;

/// <summary>A catalogue as it was read.</summary>
/// <param name="Refused">Entries without a serial or a name, or with one that cannot be stored or is not UTF-8: their rosters cannot be swept.</param>
/// <param name="Drifted">Whether the list would not stand still: a course may be missing until the next time.</param>
internal sealed record ReadCatalogue(Catalogue Catalogue, int Refused, bool Drifted);

/// <summary>Reads the whole catalogue, page by page.</summary>
internal static class CatalogueReader
{
    private const int LongestText = 512;

    /// <summary>Reads it; a list that moves meanwhile is read again.</summary>
    /// <param name="pageRead">Called after each page.</param>
    /// <exception cref="RuangKerjaApiException">A page could not be read.</exception>
    public static async Task<ReadCatalogue> ReadAsync(
        IRuangKerjaApi api,
        CancellationToken cancellationToken,
        Action? pageRead = null
    )
    {
        for (var rescans = 0; ; rescans++)
        {
            var rows = new List<CatalogueRow>();
            var run = new PageRun();
            while (!run.AtEnd)
            {
                var page = await api.ReadCataloguePageAsync(run.Page, cancellationToken);
                rows.AddRange(page.Rows);
                run.Take([.. page.Rows.Select(row => row.Serial)], page.Numbers);
                pageRead?.Invoke();
            }

            if (run.Drifted && rescans < PageRun.MostRescans)
                continue;

            var usable = rows.Where(IsUsable).Select(row => new CatalogueCourse(row.Serial!, row.Name!)).ToList();
            return new ReadCatalogue(new Catalogue(usable), rows.Count - usable.Count, run.Drifted);
        }
    }

    private static bool IsUsable(CatalogueRow row) =>
        row.Malformations.Count == 0 && IsText(row.Serial) && !row.Serial!.Any(char.IsControl) && IsText(row.Name);

    private static bool IsText(string? text) =>
        !string.IsNullOrWhiteSpace(text)
        && text.Length <= LongestText
        && !text.Contains('\0', StringComparison.Ordinal)
        && !text.Contains(BrokenBytes.Mark, StringComparison.Ordinal);
}
