using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.IntegrationTests.EndToEnd;
using RuangKerja.Events.IntegrationTests.Relay;
using RuangKerja.Events.IntegrationTests.Subscriber;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Replay.Requests;
using RuangKerja.Simulator;

namespace RuangKerja.Events.IntegrationTests.Replay.Requests;

/// <summary>The bus's door, with the whole service behind it.</summary>
[Trait("Promise", "P5")]
public sealed class When_a_replay_is_asked_for_by_the_bus(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly SimulatorOptions Few = new() { Employees = 20, Courses = 4 };

    [Fact]
    public async Task Should_answer_a_request_client_at_the_start_and_at_the_end()
    {
        await using var deployment = await StartAsync();
        await using var bystander = await AmqpQueue.BindAsync(deployment.Broker, RelayFixture.BaseExchange);
        await using var subscriber = await AmqpSubscriber.StartAsync(deployment.Broker);
        var stored = await EventIdsAsync(deployment);
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(deployment.Broker));
        await bus.StartAsync(new CancellationTokenSource(Patience).Token);
        try
        {
            var request = new RequestReplay
            {
                RequestId = Guid.NewGuid(),
                Queue = subscriber.Queue,
                RequestedBy = "HR",
                IncludeBaseline = true,
            };
            var (started, finished) = await AskAsync(bus, request);

            (started.RequestId, finished.RequestId).ShouldBe((request.RequestId, request.RequestId));
            finished.ReplayId.ShouldBe(started.ReplayId);
            (finished.Outcome, finished.Sent, finished.Reason).ShouldBe((ReplayOutcomes.Finished, started.Count, null));
            await Wait.Until(() => subscriber.Received.Count >= stored.Count, Patience, "all events");
            subscriber.Events.Select(told => told.EventId).ShouldBe(stored);
            subscriber.Events.ShouldAllBe(told => told.ReplayId == $"{started.ReplayId}");
            subscriber.Received.ShouldAllBe(message => message.Header("replayed") == "True");

            var (again, endAgain) = await AskAsync(bus, request);

            again.ShouldBe(started);
            endAgain.ShouldBe(finished);
            subscriber.Received.Count.ShouldBe(stored.Count);
            bystander.Received.ShouldBeEmpty();
        }
        finally
        {
            await bus.StopAsync(new CancellationTokenSource(Patience).Token);
        }
    }

    [Fact]
    public async Task Should_answer_a_plain_client_where_it_says_or_on_its_own_queue()
    {
        await using var deployment = await StartAsync();
        await using var subscriber = await AmqpSubscriber.StartAsync(deployment.Broker);
        await using var answers = await AmqpSubscriber.StartAsync(deployment.Broker, "answers");

        await subscriber.AskAsync(Request(subscriber.Queue), answers.Queue, "17");

        var started = await answers.AnswerAsync<ReplayStarted>();
        var finished = await answers.AnswerAsync<ReplayFinished>();
        (started.Properties.CorrelationId, finished.Properties.CorrelationId).ShouldBe(("17", "17"));
        var count = Message(started).GetProperty("count").GetInt32();
        count.ShouldBeGreaterThan(0);
        Message(finished).GetProperty("outcome").GetString().ShouldBe(ReplayOutcomes.Finished);
        await Wait.Until(() => subscriber.Events.Count >= count, Patience, "all events");
        subscriber.Received.Count.ShouldBe(count);

        await answers.AskAsync(Request(answers.Queue, queueMember: "\"kinds\": [\"started\"],"), replyTo: null);
        await Wait.Until(
            () => answers.Received.Count(message => message.Body.Contains("ReplayFinished")) == 2,
            Patience,
            "the end of the second replay"
        );
        // Its end stands behind its last event.
        answers.Received[^1].Body.ShouldContain("ReplayFinished");
        answers.Events.Count.ShouldBe(answers.Received.Count - 4);
    }

    [Fact]
    public async Task Should_reject_what_is_wrong_once_and_make_no_queue()
    {
        await using var deployment = await StartAsync();
        await using var subscriber = await AmqpSubscriber.StartAsync(deployment.Broker);
        await using var payroll = await AmqpSubscriber.StartAsync(deployment.Broker, "payroll");

        (await RejectionAsync(subscriber, Request(payroll.Queue))).ShouldContain("queue: ");
        (await RejectionAsync(subscriber, Request("hr-nobody"))).ShouldContain("hr-nobody");
        (await RejectionAsync(subscriber, Request(ReplayRequestQueue.Name))).ShouldContain("queue: ");
        (await RejectionAsync(subscriber, "not even JSON")).ShouldContain("cannot be read");
        var faults = await RejectionAsync(
            subscriber,
            """{ "queue": "hr", "kinds": ["finished"], "rate": "fast", "employe": "E-1" }"""
        );
        foreach (var member in new[] { "requestId: ", "requestedBy: ", "kinds: ", "rate: ", "employe: " })
            faults.ShouldContain(member);

        // Nobody hears of these, and no queue is made for the answer.
        await subscriber.AskAsync(Request(payroll.Queue));
        await subscriber.AskAsync(Request("hr-nobody"), replyTo: "hr-answers-nobody");
        await subscriber.AskAsync("{", replyTo: ReplayRequestQueue.Name);
        await subscriber.AskAsync("{", replyTo: payroll.Queue);
        await subscriber.AskAsync(Request(subscriber.Queue), subscriber.Queue);
        await subscriber.AnswerAsync<ReplayFinished>();

        payroll.Received.ShouldBeEmpty();
        await using var queues = await BrokerQueues.ConnectAsync(deployment.Broker);
        foreach (
            var queue in new[]
            {
                "hr-nobody",
                "hr-answers-nobody",
                "ruangkerja-replay_error",
                "ruangkerja-replay_skipped",
            }
        )
            (await queues.DepthAsync(queue)).ShouldBeNull(queue);
        await Wait.Until(
            async () => await queues.DepthAsync(ReplayRequestQueue.Name) == 0,
            Patience,
            "an empty queue of requests"
        );
    }

    [Fact]
    public async Task Should_say_that_no_queue_is_allowed_until_some_are_and_without_rosters_too()
    {
        await using var deployment = await StartAsync(options =>
            options with
            {
                Replay = new ReplayOptions(),
                Polling = options.Polling with { Rosters = new RosterOptions { Enabled = false } },
            }
        );
        // Answers go to no named queue either.
        await using var subscriber = await AmqpSubscriber.StartUnnamedAsync(deployment.Broker);

        (await RejectionAsync(subscriber, Request("hr"))).ShouldContain("Replay:AllowedQueues");
    }

    [Fact]
    public async Task Should_tell_the_end_after_it_was_stopped_between_the_end_and_the_telling()
    {
        var attempts = new TaskCompletionSource();
        await using var deployment = await PrepareAsync();
        deployment.Instead = services =>
            services.AddSingleton<IAnswerSender>(provider => new NeverFinished(
                ActivatorUtilities.CreateInstance<AnswerSender>(provider),
                attempts
            ));
        await deployment.StartPipelineAsync();
        await deployment.WaitForBootstrapAsync();
        await WaitForDoorAsync(deployment);
        await using var subscriber = await AmqpSubscriber.StartAsync(deployment.Broker);
        await subscriber.AskAsync(Request(subscriber.Queue), subscriber.Queue);
        await attempts.Task.WaitAsync(Patience);
        subscriber.Received.ShouldNotContain(message => message.Body.Contains("ReplayFinished"));

        await deployment.StopPipelineAsync();
        deployment.Instead = _ => { };
        await deployment.StartPipelineAsync();

        Message(await subscriber.AnswerAsync<ReplayFinished>())
            .GetProperty("outcome")
            .GetString()
            .ShouldBe(ReplayOutcomes.Finished);
    }

    [Fact]
    public async Task Should_answer_what_was_asked_while_no_service_ran()
    {
        await using var deployment = await StartAsync();
        await using var subscriber = await AmqpSubscriber.StartAsync(deployment.Broker);
        await deployment.StopPipelineAsync();
        await subscriber.AskAsync(Request(subscriber.Queue), subscriber.Queue);

        await deployment.StartPipelineAsync();

        await subscriber.AnswerAsync<ReplayStarted>();
        await subscriber.AnswerAsync<ReplayFinished>();
    }

    private Task<Deployment> StartAsync() => StartAsync(options => options);

    private async Task<Deployment> StartAsync(Func<PipelineOptions, PipelineOptions> change)
    {
        var deployment = await PrepareAsync();
        deployment.Configure(change);
        await deployment.StartPipelineAsync();
        await deployment.WaitForBootstrapAsync();
        await WaitForDoorAsync(deployment);
        return deployment;
    }

    /// <summary>The service declares it by itself, some time after its start.</summary>
    private static async Task WaitForDoorAsync(Deployment deployment)
    {
        await using var queues = await BrokerQueues.ConnectAsync(deployment.Broker);
        await Wait.Until(
            async () => await queues.DepthAsync(ReplayRequestQueue.Name) is not null,
            Patience,
            "a queue to ask by"
        );
    }

    private async Task<Deployment> PrepareAsync()
    {
        var deployment = await Deployment.PrepareAsync(servers, Few);
        deployment.Configure(options =>
            options with
            {
                Replay = new ReplayOptions { AllowedQueues = ["hr*", "answers*"] },
            }
        );
        return deployment;
    }

    private static string Request(string queue, string queueMember = "") =>
        $$"""
            { "requestId": "{{Guid.NewGuid()}}", "queue": "{{queue}}", {{queueMember}} "requestedBy": "HR", "includeBaseline": true }
            """;

    private static async Task<(ReplayStarted Started, ReplayFinished Finished)> AskAsync(
        IBus bus,
        RequestReplay request
    )
    {
        var client = bus.CreateRequestClient<RequestReplay>(
            new Uri($"exchange:{ReplayRequestQueue.Name}"),
            RequestTimeout.After(0, 0, 1)
        );
        using var handle = client.Create(request);
        var finished = handle.GetResponse<ReplayFinished>(readyToSend: false);
        var started = await handle.GetResponse<ReplayStarted>();
        return (started.Message, (await finished).Message);
    }

    /// <summary>What is wrong with a request, a line for each fault.</summary>
    private static async Task<string> RejectionAsync(AmqpSubscriber subscriber, string request)
    {
        var correlation = $"{Guid.NewGuid()}";
        await subscriber.AskAsync(request, subscriber.Queue, correlation);
        AmqpMessage? answer = null;
        await Wait.Until(
            () =>
                (answer = subscriber.Received.SingleOrDefault(m => m.Properties.CorrelationId == correlation))
                    is not null,
            Patience,
            $"an answer to {request}"
        );
        answer!.Body.ShouldContain("urn:message:RuangKerja.Events.Contracts:ReplayRejected");
        var faults = Message(answer).GetProperty("faults").EnumerateArray();
        return string.Join('\n', faults.Select(f => $"{f.GetProperty("member")}: {f.GetProperty("message")}"));
    }

    private static JsonElement Message(AmqpMessage message) => message.Envelope.GetProperty("message");

    private static async Task<IReadOnlyList<Guid>> EventIdsAsync(Deployment deployment) =>
        [.. (await deployment.ColumnAsync("select id from ruangkerja.mt_events order by seq_id")).Select(Guid.Parse)];

    /// <summary>Tells everything but the end, which it is about to tell for ever.</summary>
    private sealed class NeverFinished(AnswerSender answers, TaskCompletionSource attempts) : IAnswerSender
    {
        public async Task<bool> SendAsync<T>(ReplyAddress to, T answer, CancellationToken cancellationToken)
            where T : class
        {
            if (answer is not ReplayFinished)
                return await answers.SendAsync(to, answer, cancellationToken);

            attempts.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return false;
        }
    }
}
