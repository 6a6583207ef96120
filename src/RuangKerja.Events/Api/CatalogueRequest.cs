namespace RuangKerja.Events.Api;

/// <summary>The request for a page of the catalogue: <c>GET /ruangkerja/dashboard/courses</c>.</summary>
internal static class CatalogueRequest
{
    public static ListRequest<CatalogueRow> Of(int page)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        return new(
            new ApiOperation($"reading page {page} of the catalogue"),
            $"ruangkerja/dashboard/courses?page={page}&pageSize={IRuangKerjaApi.PageSize}",
            () => RowReader.Of(CatalogueRow.Parse)
        );
    }
}
