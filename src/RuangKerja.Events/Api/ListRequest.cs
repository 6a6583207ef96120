namespace RuangKerja.Events.Api;

/// <summary>The request for a list of rows, a GET.</summary>
/// <param name="Operation">What is being asked, for messages.</param>
/// <param name="Path">Relative to the base address.</param>
/// <param name="NewReader">Makes the reader of one answer's items.</param>
internal sealed record ListRequest<T>(ApiOperation Operation, string Path, Func<RowReader<T>> NewReader)
    where T : class;
