using System.Globalization;
using System.Text.Json;
using RuangKerja.Simulator.Faults;
using RuangKerja.Simulator.People;

namespace RuangKerja.Simulator.Upstream;

/// <summary>
/// <c>GET /ruangkerja/dashboard/courses/{courseSerial}/online/users</c>: who holds the course, by employee id, so that a new
/// assignment shifts the pages behind it.
/// </summary>
internal sealed class RosterAnswer(World world, TimeProvider time, FaultBoard faults)
{
    public Answer To(Company company, QueryParameters query, string courseSerial)
    {
        if (Paging.Read(query, out var paging) is { } badPaging)
            return badPaging;

        var course = company.Population.Courses.FirstOrDefault(one => one.Serial == courseSerial);
        if (course is null)
            return Answer.Failure.NotFound("Course not found");
        if (course.Roster == OnlineRoster.Refused)
            return Answer.Failure.NotFound("Course has no online activity");

        if (course.Roster == OnlineRoster.Empty)
            return Page(paging, [], overlaps: false);

        var drift = faults.TakeDrift(company.Name, courseSerial, paging.Page);
        if (drift == RosterDriftKind.Insert)
            world.InsertHolder(company, course, time.GetUtcNow());
        if (drift == RosterDriftKind.Remove)
            world.RemoveFirstHolder(company, course, time.GetUtcNow());

        var raw = faults.RosterRows.Where(row => (row.CourseSerial ?? courseSerial) == courseSerial);
        return Page(
            paging,
            [.. company.Population.RosterRows(courseSerial).Select(Row), .. raw.Select(row => Answer.Raw(row.Json))],
            overlaps: drift == RosterDriftKind.Overlap
        );
    }

    private static Answer.Items Page(Paging paging, Action<Utf8JsonWriter>[] rows, bool overlaps)
    {
        var (numbers, items) = paging.Of(rows, overlaps);
        return new Answer.Items(numbers, items);
    }

    private static Action<Utf8JsonWriter> Row(Assignment one) =>
        json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("user");
            json.WriteString("serial", one.Employee.Serial);
            json.WriteString("name", one.Employee.Name);
            json.WriteString("employeeID", one.Employee.Id);
            json.WriteEndObject();
            WriteScore(json, "preTest", one.PreTest);
            WriteScore(json, "postTest", one.PostTest);
            json.WriteNumber("timeSpent", one.TimeSpentSeconds);
            json.WriteString(
                "lastAccessMission",
                Format(one.LastAccessedAt?.UtcDateTime, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'")
            );
            // A bare date: the company's, which is the row's own offset.
            json.WriteString("completedAt", Format(one.CompletedAt?.DateTime, "yyyy-MM-dd"));
            json.WriteString("status", one.Status.Word());
            json.WriteEndObject();
        };

    private static void WriteScore(Utf8JsonWriter json, string name, double? score)
    {
        if (score is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private static string Format(DateTime? instant, string format) =>
        instant?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
