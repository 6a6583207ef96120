namespace RuangKerja.Events.Api;

/// <summary>
/// The request for a page of a course's online roster:
/// <c>GET /ruangkerja/dashboard/courses/{courseSerial}/online/users</c>.
/// </summary>
internal static class RosterRequest
{
    /// <summary>No longer serial is accepted from the catalogue either.</summary>
    private const int LongestSerial = 512;

    public static ListRequest<RosterRow> Of(string courseSerial, int page)
    {
        ArgumentNullException.ThrowIfNull(courseSerial);
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        // The serial is what somebody typed into the LMS.
        var operation = new ApiOperation(
            $"reading page {page} of the roster of course \"{new ForeignText().Quote(courseSerial)}\""
        );
        // Escaped or not, a dot or two are steps within the path and would lead elsewhere.
        if (courseSerial is "" or "." or ".." || courseSerial.Length > LongestSerial)
        {
            throw ApiFailures.OfSerial(operation, LongestSerial);
        }

        return new(
            operation,
            $"ruangkerja/dashboard/courses/{Uri.EscapeDataString(courseSerial)}/online/users"
                + $"?page={page}&pageSize={IRuangKerjaApi.PageSize}",
            () => RowReader.Of(RosterRow.Parse)
        );
    }
}
