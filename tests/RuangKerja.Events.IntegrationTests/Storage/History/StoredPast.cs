using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Storage.History;

/// <summary>
/// A small past of two companies, in five commits: three employees with a course each, one of them twice, and one with the past
/// of before.
/// </summary>
internal static class StoredPast
{
    public static readonly Company Acme = Company.TryCreate("acme", out var acme) ? acme : default;

    /// <summary>The seven events, by sequence.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "default ID-1 v1",
        "default ID-2 v1",
        "acme ID-1 v1",
        "default ID-1 v2",
        "default ID-3 v1",
        "acme ID-1 v2",
        "default ID-1 v3",
    ];

    public static async Task<StoreFixture> CreateAsync(Servers servers)
    {
        var store = await StoreFixture.CreateAsync(servers);
        await store.CommitAsync(Row(CourseStatus.NotStarted, 0), Row(CourseStatus.InProgress, 60, employee: 2));
        await CommitAsync(store, Acme, Row(CourseStatus.InProgress, 0, company: "acme"));
        await store.CommitAsync(Row(CourseStatus.InProgress, 90), Row(CourseStatus.Expired, 30, employee: 3));
        await CommitAsync(store, Acme, Row(CourseStatus.Completed, 120, company: "acme"));
        await store.CommitAsync(Row(CourseStatus.Completed, 180));
        return store;
    }

    public static async Task CommitAsync(StoreFixture store, Company company, params Observation[] rows) =>
        (await store.Store.CommitAsync(await store.PrepareAsync(rows, company), CancellationToken.None)).ShouldBe(
            CommitOutcome.Committed
        );

    /// <summary>What the filter means, in pages of two, as company, employee and version.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(this StoreFixture store, EventFilter filter)
    {
        var (found, after) = (new List<string>(), 0L);
        var through = await store.History.ReadHorizonAsync(CancellationToken.None);
        while (true)
        {
            var page = await store.History.FindAsync(filter, after, through, limit: 2, CancellationToken.None);
            var events = await store.History.ReadAsync(page, CancellationToken.None);
            events.Select(stored => stored.Sequence).ShouldBe(page);
            found.AddRange(events.Select(Name));
            if (page.Count < 2)
                break;
            after = page[^1];
        }

        (await store.History.SummariseAsync(filter, 0, through, CancellationToken.None)).Count.ShouldBe(found.Count);
        return found;
    }

    public static string Name(StoredEvent stored) =>
        $"{stored.Company} {stored.Change?.EmployeeId ?? "unreadable"} v{stored.Version}";

    public static async Task<StoredEvent> ReadAsync(this StoreFixture store, string name)
    {
        var all = await store.History.ReadAsync(
            [.. Enumerable.Range(1, 100).Select(i => (long)i)],
            CancellationToken.None
        );
        return all.Single(stored => Name(stored) == name);
    }
}
