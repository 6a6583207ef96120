using System.Text.Json;
using RuangKerja.Simulator.People;

namespace RuangKerja.Simulator.Upstream;

/// <summary><c>GET /ruangkerja/dashboard/courses</c>: all courses, or those whose name contains <c>name</c>, in any case.</summary>
internal static class CatalogueAnswer
{
    public static Answer To(Company company, QueryParameters query)
    {
        if (Paging.Read(query, out var paging) is { } badPaging)
            return badPaging;

        var part = query.Optional("name") ?? "";
        var courses = company
            .Population.Courses.Where(course => course.Name.Contains(part, StringComparison.OrdinalIgnoreCase))
            .ToList();
        var (numbers, items) = paging.Of(courses);
        return new Answer.Items(numbers, items.Select(Row));
    }

    private static Action<Utf8JsonWriter> Row(Course course) =>
        json =>
        {
            json.WriteStartObject();
            json.WriteString("serial", course.Serial);
            json.WriteString("name", course.Name);
            json.WriteString("description", course.Description);
            json.WriteEndObject();
        };
}
