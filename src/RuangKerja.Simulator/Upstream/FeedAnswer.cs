using System.Globalization;
using System.Text.Json;
using RuangKerja.Simulator.Faults;
using RuangKerja.Simulator.People;

namespace RuangKerja.Simulator.Upstream;

/// <summary><c>GET /ruangkerja/dashboard/user-course-status</c>: the assignments whose last move is in the window.</summary>
internal sealed class FeedAnswer(FaultBoard faults, SimulatorOptions options)
{
    public Answer To(Company company, QueryParameters query)
    {
        if (query.Read("startTimestamp", out DateTimeOffset start) is { } badStart)
            return badStart;
        if (query.Read("endTimestamp", out DateTimeOffset end) is { } badEnd)
            return badEnd;
        if (start > end)
            return Answer.Failure.BadRequest("startTimestamp is after endTimestamp");

        var rows = company.Population.FeedRows(start, end, options.WindowEnds);
        var cap = faults.FeedRowCap;
        if (cap?.Mode == FeedRowCapMode.Refuse && rows.Length > cap.Rows)
            return Answer.Failure.TooLarge(rows.Length, cap.Rows);

        if (faults.DuplicateShare is > 0 and var share)
            rows = [.. rows, .. rows.Where(one => company.Population.IsDuplicated(one, share))];

        // No order is promised, so none is kept.
        new Random(options.Seed).Shuffle(rows);
        var shown = cap?.Mode == FeedRowCapMode.Cut ? rows.Take(cap.Rows) : rows;
        return new Answer.Items(Page: null, [.. shown.Select(Row), .. faults.FeedRows.Select(Answer.Raw)]);
    }

    private static Action<Utf8JsonWriter> Row(Assignment one) =>
        json =>
        {
            json.WriteStartObject();
            json.WriteString("assignedCourseSerial", one.AssignedCourseSerial);
            json.WriteString("employeeID", one.Employee.Id);
            json.WriteString("courseName", one.Course.Name);
            if (one.CompletedAt is { } completedAt)
                json.WriteString("completedAt", Rfc3339(completedAt));
            else if (!one.LeavesOutEmptyCompletedAt)
                json.WriteString("completedAt", "");
            json.WriteString("updatedAt", Rfc3339(one.UpdatedAt));
            json.WriteString("status", one.Status.Word());
            json.WriteEndObject();
        };

    private static string Rfc3339(DateTimeOffset instant) =>
        instant.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
