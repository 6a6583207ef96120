using System.Net;
using System.Text.Json.Nodes;
using RuangKerja.Events.IntegrationTests.Storage.History;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Http;

/// <summary>What is and what was, as whoever has nothing but messages asks for it.</summary>
public sealed class When_history_is_asked_for_over_http(Servers servers)
{
    [Fact]
    public async Task Should_tell_the_state_at_the_instant_of_every_event_and_right_before_it()
    {
        await using var store = await StoredPast.CreateAsync(servers);
        await using var api = await StoreApi.StartAsync(store);
        var id = await IdAsync(api, "employee=ID-1&company=default");

        var history = await api.GetAsync($"/api/assignments/{id}/history?company=default");

        var events = history["events"]!.AsArray();
        events
            .Select(entry => (string)entry!["event"]!["status"]!)
            .ShouldBe(["not_started", "in_progress", "completed"]);
        foreach (var entry in events)
        {
            var version = (long)entry!["version"]!;
            var (recorded, occurred) = (
                (DateTimeOffset)entry["recordedAt"]!,
                (DateTimeOffset)entry["event"]!["occurredAt"]!
            );
            (await VersionAsync(recorded, "recorded")).ShouldBe(version);
            (await VersionAsync(recorded.AddMicroseconds(-1), "recorded")).ShouldBe(version - 1);
            (await VersionAsync(occurred, "occurred")).ShouldBe(version);
            (await VersionAsync(occurred.AddMicroseconds(-1), "occurred")).ShouldBe(version - 1);
        }

        async Task<long> VersionAsync(DateTimeOffset instant, string basis)
        {
            var asOf = Uri.EscapeDataString($"{instant.ToOffset(TimeSpan.FromHours(7)):O}");
            using var response = await api.Client.GetAsync(
                $"/api/assignments/{id}?company=default&asOf={asOf}&basis={basis}"
            );
            var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            if (response.StatusCode == HttpStatusCode.NotFound)
                return ((string)body["type"]!).EndsWith("no-such-assignment") ? 0 : -1;
            ((string?)body["company"]).ShouldBe("default");
            return (long)body["version"]!;
        }
    }

    [Fact]
    public async Task Should_list_assignments_by_company_employee_course_and_status()
    {
        await using var store = await StoredPast.CreateAsync(servers);
        await using var api = await StoreApi.StartAsync(store);

        (await ListAsync("")).ShouldBe(
            ["acme ID-1 completed", "default ID-1 completed", "default ID-2 in_progress", "default ID-3 expired"],
            ignoreOrder: true
        );
        // Their order is the database's own.
        (await ListAsync("employee=ID-1")).ShouldBe(
            ["acme ID-1 completed", "default ID-1 completed"],
            ignoreOrder: true
        );
        (await ListAsync("company=acme")).ShouldBe(["acme ID-1 completed"]);
        (await ListAsync("course=course%20of%20DEFAULT&status=expired,in_progress")).ShouldBe(
            ["default ID-2 in_progress", "default ID-3 expired"],
            ignoreOrder: true
        );
        (await ListAsync("courseSerial=nothing")).ShouldBeEmpty();

        async Task<List<string>> ListAsync(string query)
        {
            var (found, after) = (new List<string>(), "");
            while (true)
            {
                var page = await api.GetAsync($"/api/assignments?limit=1&{query}{after}");
                found.AddRange(
                    page["assignments"]!.AsArray().Select(a => $"{a!["company"]} {a["employeeId"]} {a["status"]}")
                );
                if (page["next"] is not { } next)
                    return found;
                after = $"&after={Uri.EscapeDataString((string)next!)}";
            }
        }
    }

    [Fact]
    public async Task Should_find_an_assignment_by_the_id_that_its_message_carries()
    {
        await using var store = await CreateAsync(servers);
        await using var api = await StoreApi.StartAsync(store);
        await store.CommitAsync(
            Row(Courses.CourseStatus.InProgress, 1) with
            {
                EmployeeId = "ID/1 +%2F?#&é",
                AssignedCourseSerial = "A/S%20G",
            }
        );
        var message = (await api.GetAsync("/api/events"))["events"]![0]!;

        var id = Uri.EscapeDataString((string)message["assignmentId"]!);

        ((string?)(await api.GetAsync($"/api/assignments/{id}?company=default"))["employeeId"]).ShouldBe(
            "ID/1 +%2F?#&é"
        );
        var feed = await api.GetAsync($"/api/events?assignment={id}&employee={Uri.EscapeDataString("ID/1 +%2F?#&é")}");
        ((long)feed["events"]![0]!["sequence"]!).ShouldBe((long)message["sequence"]!);
    }

    private static async Task<string> IdAsync(StoreApi api, string query)
    {
        var assignments = (await api.GetAsync($"/api/assignments?{query}"))["assignments"]!.AsArray();
        return Uri.EscapeDataString((string)assignments.ShouldHaveSingleItem()!["assignmentId"]!);
    }
}
