namespace RuangKerja.Simulator.Upstream;

/// <summary>The page a request asks for.</summary>
internal sealed record Paging(int Page, int PageSize)
{
    public const int LargestPage = 100;

    public static Answer.Failure? Read(QueryParameters query, out Paging paging)
    {
        paging = new Paging(1, LargestPage);
        if (query.Read("page", 1, int.MaxValue, out var page) is { } badPage)
            return badPage;
        if (query.Read("pageSize", 1, LargestPage, out var pageSize) is { } badPageSize)
            return badPageSize;
        paging = new Paging(page, pageSize);
        return null;
    }

    /// <summary>The items of this page and the numbers over it; a page past the last one is empty.</summary>
    /// <param name="all">The whole list.</param>
    /// <param name="overlaps">Whether the page begins one item early.</param>
    public (PageNumbers Numbers, IEnumerable<T> Items) Of<T>(IReadOnlyList<T> all, bool overlaps = false)
    {
        var totalPage = (all.Count + PageSize - 1) / PageSize;
        var before = (long)(Page - 1) * PageSize;
        var items = before >= all.Count ? [] : all.Skip((int)before - (overlaps ? 1 : 0)).Take(PageSize);
        return (new PageNumbers(Page, all.Count, totalPage), items);
    }
}
