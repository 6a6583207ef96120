namespace RuangKerja.Events.Api;

/// <summary>
/// What a paged answer says of its paging, unproven; all null where <c>data</c> is the list itself. One that is absent, or
/// no whole number from 0, is null.
/// </summary>
/// <param name="CurrentPage">The page this is, from 1.</param>
/// <param name="TotalItems">How many items there are on all pages.</param>
/// <param name="TotalPages">How many pages there are.</param>
public readonly record struct PageNumbers(int? CurrentPage, int? TotalItems, int? TotalPages);
