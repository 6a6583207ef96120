using System.Text.Json;
using RuangKerja.Events.IntegrationTests.Service;

namespace RuangKerja.Events.IntegrationTests.EndToEnd;

/// <summary>Another instance has both leases. This one does its part by being there, and yet sees whether anything moves.</summary>
[Trait("Promise", "P1")]
public sealed class When_an_instance_stands_by(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_be_ready_while_the_other_gets_on_and_not_when_nothing_moves()
    {
        await using var deployment = await Deployment.PrepareAsync(servers);
        await deployment.ColumnAsync(
            """
            insert into ruangkerja.lease (tenant_id, role, holder, term, expires_at, schema_version)
            select '*DEFAULT*', role, 'another', 1, now() + interval '1 hour', 3 from unnest(array['feed', 'relay']) as role
            """
        );
        await deployment.ColumnAsync(
            """
            insert into ruangkerja.poll_progress (tenant_id, started_from, watermark, caught_up_at)
            values ('*DEFAULT*', now() - interval '30 days', now(), now())
            """
        );
        await deployment.ColumnAsync(
            """
            insert into ruangkerja.quarantine (tenant_id, source, row_hash, raw, reasons)
            values ('*DEFAULT*', 'feed', '\x00', '{}', array['It is empty.'])
            """
        );
        var settings = new Dictionary<string, string>(deployment.Settings)
        {
            ["Polling:Roster:Enabled"] = "false",
            // The feed is late after almost six minutes: not while this test takes its time.
            ["Polling:Feed:Interval"] = "00:01:00",
        };
        await using var service = ServiceProcess.Start(settings, "run");
        var url = await AddressOfAsync(service);

        await WaitForCodeAsync(settings, url, 0);
        var ready = await ServiceProcess.RunAsync(settings, "status", "--url", url);
        ready.Out.ShouldMatch(@"feed\s+standingBy");
        ready.Out.ShouldMatch(@"relay\s+standingBy");
        ready.Out.ShouldMatch(@"quarantine\s+attention");
        ready.Out.ShouldContain("Another instance reads the feed and relays the outbox.");

        // The other one is alive, has its leases, and stores nothing.
        await deployment.ColumnAsync("update ruangkerja.poll_progress set updated_at = now() - interval '10 minutes'");
        await WaitForCodeAsync(settings, url, 10);
        var feed = await PartAsync(settings, url, "feed");
        feed.GetProperty("status").GetString().ShouldBe("late");
        feed.GetProperty("reason").GetString()!.ShouldContain("none has stored a poll for 0.00:1");

        // It reads the feed again, and relays nothing.
        await deployment.ColumnAsync("update ruangkerja.poll_progress set updated_at = now()");
        await deployment.ColumnAsync(
            """
            insert into ruangkerja.outbox (seq_id, event_id, tenant_id, stream_id, queued_at)
            select i, gen_random_uuid(), '*DEFAULT*', i::text, now() - interval '6 minutes' from generate_series(1, 3) as i
            """
        );
        await Wait.Until(
            async () => (await PartAsync(settings, url, "outbox")).GetProperty("status").GetString() == "late",
            Patience,
            "the outbox to be late"
        );
        var outbox = await PartAsync(settings, url, "outbox");
        outbox
            .GetProperty("reason")
            .GetString()!
            .ShouldStartWith("3 events wait for the broker, the oldest for 0.00:0");
        outbox.GetProperty("hint").GetString().ShouldNotBeNull();
        outbox.GetProperty("longestAgeSeconds").GetDouble().ShouldBe(70);
    }

    private static async Task<string> AddressOfAsync(ServiceProcess service)
    {
        const string Says = "Health is answered at ";
        await Wait.Until(() => service.Out.Contains(Says), Patience, "the service says where it answers");
        return service.Out.Split(Says)[1].Split('\n')[0].Trim();
    }

    private static Task WaitForCodeAsync(IReadOnlyDictionary<string, string> settings, string url, int code) =>
        Wait.Until(
            async () => (await ServiceProcess.RunAsync(settings, "status", "--url", url)).Code == code,
            Patience,
            $"the command status to end with {code}"
        );

    private static async Task<JsonElement> PartAsync(
        IReadOnlyDictionary<string, string> settings,
        string url,
        string part
    )
    {
        var status = await ServiceProcess.RunAsync(settings, "status", "--url", url, "--output", "json");
        var company = JsonDocument.Parse(status.Out).RootElement.GetProperty("companies")[0];
        company.GetProperty("backlog").GetProperty("quarantined").GetInt64().ShouldBe(1);
        return company.GetProperty("parts").EnumerateArray().Single(p => p.GetProperty("part").GetString() == part);
    }
}
