using RuangKerja.Events.Api;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Polling;
using RuangKerja.Simulator.Requests;
using RuangKerja.Simulator.Upstream;
using Company = RuangKerja.Events.Courses.Company;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>The bench as the tests on the API's faults look at it.</summary>
internal static class BenchApi
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Asks the API otherwise, from the next start on.</summary>
    public static void AskAs(this FaultBench bench, Func<ApiOptions, ApiOptions> change) =>
        bench.Deployment.Configure(options =>
            options with
            {
                Companies = [.. options.Companies.Select(company => company with { Api = change(company.Api) })],
            }
        );

    /// <summary>Reads the feed otherwise, from the next start on.</summary>
    public static void PollAs(this FaultBench bench, Func<FeedPollingOptions, FeedPollingOptions> change) =>
        bench.Deployment.Configure(options =>
            options with
            {
                Polling = options.Polling with { Feed = change(options.Polling.Feed) },
            }
        );

    /// <summary>Why the feed cannot be read, as health says; null when it can.</summary>
    public static string? FeedFailure(this FaultBench bench) => bench.Deployment.FailureOf(PipelinePart.Feed);

    public static Task WaitForFeedFailureAsync(this FaultBench bench, string says) =>
        Wait.Until(
            () => bench.FeedFailure()?.Contains(says, StringComparison.OrdinalIgnoreCase) == true,
            Patience,
            $"health to say '{says}'"
        );

    public static Task WaitForGoodFeedAsync(this FaultBench bench) =>
        Wait.Until(() => bench.FeedFailure() is null, Patience, "health to say that the feed is well");

    /// <summary>How often the API was asked for it since the start or the last clearing.</summary>
    public static long Asked(this FaultBench bench, UpstreamEndpoint endpoint) =>
        bench.Simulator.Requests.Count(endpoint);

    public static async Task WaitForRequestsAsync(this FaultBench bench, UpstreamEndpoint endpoint, int more)
    {
        var enough = bench.Asked(endpoint) + more;
        await Wait.Until(() => bench.Asked(endpoint) >= enough, Patience, $"{more} more requests of {endpoint}");
    }

    /// <summary>
    /// Not asked more often than twice for each interval that passed: counted over the whole, since a machine that stalls
    /// brings two requests close together.
    /// </summary>
    public static void ShouldNotBeAskedInHaste(this FaultBench bench, UpstreamEndpoint endpoint)
    {
        var gaps = bench.Gaps(endpoint);
        var passed = TimeSpan.FromTicks(gaps.Sum(gap => gap.Ticks));
        gaps.Count.ShouldBeLessThanOrEqualTo(2 + (int)(2 * (passed / bench.Deployment.Options.Polling.Feed.Interval)));
    }

    /// <summary>From one request to the next.</summary>
    public static IReadOnlyList<TimeSpan> Gaps(this FaultBench bench, UpstreamEndpoint endpoint)
    {
        SeenRequest[] seen = [.. bench.Simulator.Requests.Latest.Where(request => request.Endpoint == endpoint)];
        return [.. seen.Zip(seen.Skip(1), (one, next) => next.At - one.At)];
    }

    /// <summary>Up to when the feed is proven read.</summary>
    public static async Task<DateTimeOffset> WatermarkAsync(this FaultBench bench) =>
        (await bench.Deployment.Store.ReadProgressAsync(Company.Default, CancellationToken.None))!.Watermark;

    /// <summary>All snapshots' statuses, as one text to compare.</summary>
    public static async Task<string> SnapshotsAsync(this FaultBench bench) =>
        (
            await bench.Deployment.ColumnAsync(
                """
                select coalesce(string_agg(id || '=' || (data->>'status'), ' ' order by id), '')
                from ruangkerja.mt_doc_coursestatussnapshot
                """
            )
        ).Single();
}
