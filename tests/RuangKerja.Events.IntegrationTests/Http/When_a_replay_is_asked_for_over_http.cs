using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using RuangKerja.Events.IntegrationTests.EndToEnd;
using RuangKerja.Events.IntegrationTests.Service;

namespace RuangKerja.Events.IntegrationTests.Http;

/// <summary>The built service, two keys, and a queue that has missed everything.</summary>
[Trait("Promise", "P5")]
public sealed class When_a_replay_is_asked_for_over_http(Servers servers)
{
    private const string OperatorKey = "operator-key-of-many-letters";
    private const string ViewerKey = "viewer-key-of-many-letters";
    private const string Queue = "late-subscriber";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_send_what_was_asked_for_be_led_by_words_and_remember_who_asked()
    {
        await using var deployment = await Deployment.PrepareAsync(servers);
        await using var service = ServiceProcess.Start(
            new Dictionary<string, string>(deployment.Settings)
            {
                ["Replay:AllowedQueues"] = "late-*",
                ["Http:ApiKeys:ops:Key"] = OperatorKey,
                ["Http:ApiKeys:ops:Role"] = "Operator",
                ["Http:ApiKeys:hr:Key"] = ViewerKey,
                ["Http:ApiKeys:hr:Role"] = "Viewer",
            },
            "run"
        );
        using var client = new HttpClient { BaseAddress = await service.WaitForAddressAsync() };
        await deployment.WaitForBootstrapAsync();
        await using var connection = await new ConnectionFactory { Uri = deployment.Broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false);

        (await PostAsync("/api/replays", new { destination = Queue })).Status.ShouldBe(401);
        client.DefaultRequestHeaders.Add("X-Api-Key", ViewerKey);
        (await PostAsync("/api/replays", new { destination = Queue })).Status.ShouldBe(403);
        client.DefaultRequestHeaders.Remove("X-Api-Key");
        client.DefaultRequestHeaders.Add("X-Api-Key", OperatorKey);
        var (status, rejected) = await PostAsync("/api/replays", new { destination = "late-and-absent" });
        status.ShouldBe(422);
        rejected["errors"]!["destination"].ShouldNotBeNull(rejected.ToJsonString());
        (await PostAsync("/api/replays", new { destination = "somebody-else" })).Status.ShouldBe(422);

        var request = new { destination = Queue, filter = new { baseline = true } };
        var (_, estimate) = await PostAsync("/api/replays?dryRun=true", request);
        var count = (long)estimate["count"]!;
        count.ShouldBeGreaterThan(10);
        var (created, replay) = await PostAsync("/api/replays", request);
        created.ShouldBe(201, replay.ToJsonString());
        var ended = await WaitForStateAsync(replay, "finished");
        ((long)ended["sent"]!).ShouldBe(count);
        ((long)await channel.MessageCountAsync(Queue)).ShouldBe(count);
        ended["audit"]!.AsArray()[0]!["by"]!.GetValue<string>().ShouldBe("ops");

        var (_, slow) = await PostAsync(
            "/api/replays",
            new
            {
                destination = Queue,
                rate = 1,
                request.filter,
            }
        );
        (await WordAsync(slow, "pause")).ShouldBe(200);
        await WaitForStateAsync(slow, "paused");
        (await WordAsync(slow, "pause")).ShouldBe(409);
        (await WordAsync(slow, "resume")).ShouldBe(200);
        (await WordAsync(slow, "cancel")).ShouldBe(200);
        (await WordAsync(slow, "resume")).ShouldBe(409);
        var cancelled = await WaitForStateAsync(slow, "cancelled");
        cancelled["audit"]!
            .AsArray()
            .Where(entry => (string)entry!["by"]! == "ops")
            .Select(entry => (string)entry!["action"]!)
            .ShouldBe(["requested", "paused", "resumed", "cancelled"]);
        (await GetAsync("/api/replays"))["replays"]!
            .AsArray()
            .Select(listed => (string)listed!["state"]!)
            .ShouldBe(["cancelled", "finished"]);

        service.SendTerminate();
        (await service.WaitForExitAsync(Patience)).ShouldBe(0, service.Error);

        async Task<(int Status, JsonNode Body)> PostAsync(string path, object body)
        {
            using var response = await client.PostAsJsonAsync(path, body);
            return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
        }

        async Task<int> WordAsync(JsonNode job, string word)
        {
            using var response = await client.PostAsync($"/api/replays/{job["id"]}/{word}", content: null);
            return (int)response.StatusCode;
        }

        async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await client.GetStringAsync(path))!;

        async Task<JsonNode> WaitForStateAsync(JsonNode job, string state)
        {
            var found = job;
            await Wait.Until(
                async () =>
                {
                    found = await GetAsync($"/api/replays/{job["id"]}");
                    return (string)found["state"]! == state;
                },
                Patience,
                $"the replay is {state}: {found.ToJsonString()}"
            );
            return found;
        }
    }
}
