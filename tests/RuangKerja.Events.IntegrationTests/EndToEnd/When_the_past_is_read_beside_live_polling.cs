using Npgsql;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.IntegrationTests.LocalServers;
using RuangKerja.Events.IntegrationTests.Service;
using RuangKerja.Simulator;
using RuangKerja.Simulator.People;
using Company = RuangKerja.Events.Courses.Company;
using Rfc3339 = RuangKerja.Events.Courses.Rfc3339;

namespace RuangKerja.Events.IntegrationTests.EndToEnd;

/// <summary>Two years of a company of 2,000, read by a backfill that is killed in the middle, while the service polls and life goes on.</summary>
[Trait("Promise", "P1")]
[Trait("Promise", "P3")]
public sealed class When_the_past_is_read_beside_live_polling(Servers servers, ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly SimulatorOptions Population = new()
    {
        History = TimeSpan.FromDays(730),
        Employees = 2_000,
        Courses = 30,
        AssignmentsPerEmployee = 30,
        TransitionsPerMinute = 600,
        NewAssignmentShare = 0.05,
    };

    [Fact]
    public async Task Should_store_every_assignment_once_and_publish_only_what_is_new()
    {
        await using var deployment = await Deployment.PrepareAsync(servers, Population);
        await using var subscriber = await MassTransitSubscriber<CourseStatusChanged>.StartAsync(deployment.Broker);
        var settings = Settings(deployment);
        var database = deployment.Options.Storage.ConnectionString;
        await using var service = ServiceProcess.Start(settings, "run");
        await Wait.Until(
            async () =>
                (await deployment.Store.ReadProgressAsync(Company.Default, CancellationToken.None))?.CaughtUp == true,
            Patience,
            "the service to have caught up with the last hour"
        );
        var past = deployment.Simulator.Ledger.LastSeq;
        past.ShouldBe(60_000);
        deployment.Simulator.Resume();

        string[] command = Command();
        var killed = ServiceProcess.Start(settings, command);
        await using (killed)
        {
            // Leaving the block is SIGKILL.
            await Wait.Until(
                () =>
                    Talk.QueryAsync<bool>(
                        database,
                        "select exists (select from ruangkerja.backfill where position > range_from + (range_to - range_from) / 4)"
                    ),
                Patience,
                "a quarter of the past"
            );
        }

        (await Talk.QueryAsync<bool>(database, "select finished_at is null from ruangkerja.backfill")).ShouldBeTrue();
        var watermark = await WatermarkAsync(deployment);
        await using var resumed = ServiceProcess.Start(settings, command);
        (await resumed.WaitForExitAsync(Patience)).ShouldBe(0, resumed.Error);
        output.WriteLine($"{killed.Error}\n-- killed --\n{resumed.Error}\n{resumed.Out}");
        (
            await Talk.QueryAsync<bool>(database, "select finished_at is not null from ruangkerja.backfill")
        ).ShouldBeTrue();
        (await WatermarkAsync(deployment)).ShouldBeGreaterThan(watermark);

        deployment.Simulator.Pause();
        var news = deployment.Simulator.Ledger.After(past);
        news.Count.ShouldBeGreaterThan(50);
        await Wait.Until(
            () => subscriber.Received.DistinctBy(c => c.EventId).Count() >= news.Count,
            Patience,
            $"{news.Count} different events"
        );
        await deployment.WaitForEmptyOutboxAsync();

        // What happened since the service first started, each step once; nothing of the past.
        subscriber.Received.Select(c => c.EventId).ShouldBeUnique();
        Steps(subscriber.Received.Select(c => (KeyOf(c), c.Status)))
            .ShouldBe(
                Steps(news.Select(e => ($"{e.EmployeeId} {e.AssignedCourseSerial} {e.CourseName}", e.To.Word())))
            );
        await ShouldHoldWhatTheSimulatorHoldsAsync(deployment);
    }

    /// <summary>The service has a watermark of an hour ago, and no rosters: the past is the backfill's alone.</summary>
    private static Dictionary<string, string> Settings(Deployment deployment) =>
        new(deployment.Settings)
        {
            ["Polling:Feed:StartFrom"] = Instant(TimeProvider.System.GetUtcNow().AddHours(-1)),
            ["Polling:Roster:Enabled"] = "false",
            ["Polling:RequestsPerSecond"] = "100",
        };

    private static string[] Command()
    {
        var now = TimeProvider.System.GetUtcNow();
        return
        [
            "backfill",
            "--from",
            Instant(now - Population.History - TimeSpan.FromHours(1)),
            "--to",
            Instant(now),
            "--output",
            "json",
        ];
    }

    private static string Instant(DateTimeOffset instant) => Rfc3339.Format(instant, TimeZoneInfo.Utc);

    private static async Task<DateTimeOffset> WatermarkAsync(Deployment deployment) =>
        (await deployment.Store.ReadProgressAsync(Company.Default, CancellationToken.None))!.Watermark;

    /// <summary>Every assignment of the simulator is one snapshot with its status and one stream without a gap.</summary>
    private static async Task ShouldHoldWhatTheSimulatorHoldsAsync(Deployment deployment)
    {
        await using var source = NpgsqlDataSource.Create(deployment.Options.Storage.ConnectionString);
        var stored = await RowsAsync(
            source,
            """
            select concat_ws(' ', data->>'employeeId', data->>'assignedCourseSerial', data->>'courseName', data->>'status')
            from ruangkerja.mt_doc_coursestatussnapshot
            """
        );
        var truth = deployment
            .Simulator.World.Company()
            .Population.Assignments.Select(a =>
                $"{a.Employee.Id} {a.AssignedCourseSerial} {a.Course.Name} {a.Status.Word()}"
            )
            .ToList();
        truth.Except(stored).ShouldBeEmpty();
        stored.Count.ShouldBe(truth.Count);

        var broken = await RowsAsync(
            source,
            """
            select s.id from ruangkerja.mt_streams s
            left join (
                select stream_id, count(*) as events, min(version) as first, max(version) as last
                from ruangkerja.mt_events group by stream_id
            ) e on e.stream_id = s.id
            where (e.first, e.last, e.events) is distinct from (1, s.version, s.version)
            """
        );
        broken.ShouldBeEmpty();
        (await RowsAsync(source, "select id from ruangkerja.mt_streams")).Count.ShouldBe(stored.Count);
    }

    private static string KeyOf(CourseStatusChanged change) =>
        $"{change.EmployeeId} {change.AssignedCourseSerial} {change.CourseName}";

    /// <summary>One line per assignment: the statuses it went through.</summary>
    private static List<string> Steps(IEnumerable<(string Assignment, string To)> steps) =>
        [
            .. steps
                .GroupBy(step => step.Assignment)
                .Select(g => $"{g.Key}: {string.Join(", ", g.Select(step => step.To))}")
                .Order(StringComparer.Ordinal),
        ];

    private static async Task<List<string>> RowsAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
