using System.Text.Json;
using RabbitMQ.Client;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Relay;

namespace RuangKerja.Events.IntegrationTests.Relay;

[Trait("Promise", "P3")]
public sealed class When_an_event_is_published(Servers servers)
{
    [Fact]
    public async Task Should_keep_a_connection_that_anybody_has_got_an_answer_over()
    {
        await using var bus = await RelayFixture.StartAsync(await servers.CreateVirtualHostAsync());
        var before = TimeProvider.System.GetTimestamp();
        await bus.Publisher.PublishAsync(RelayFixture.Change(), CancellationToken.None);

        bus.Publisher.Recycle(before).ShouldBeFalse();
        bus.Publisher.Recycle(TimeProvider.System.GetTimestamp()).ShouldBeTrue();
    }

    [Fact]
    public async Task Should_carry_the_envelope_that_masstransit_subscribers_expect()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var queue = await AmqpQueue.BindAsync(broker, RelayFixture.BaseExchange);
        await using var relay = await RelayFixture.StartAsync(broker);
        var change = RelayFixture.Change();

        (await relay.Publisher.PublishAsync(change, CancellationToken.None)).ShouldBe(PublishOutcome.Confirmed);

        await queue.WaitForAsync(1);
        var envelope = queue.Received[0].Envelope;
        envelope.GetProperty("messageId").GetString().ShouldBe(change.EventId.ToString());
        envelope
            .GetProperty("messageType")
            .EnumerateArray()
            .Select(t => t.GetString())
            .ShouldBe([
                "urn:message:RuangKerja.Events.Contracts:CourseCompleted",
                "urn:message:RuangKerja.Events.Contracts:CourseStatusChanged",
            ]);
        envelope
            .GetProperty("message")
            .GetRawText()
            .ShouldBe(
                $$"""{"eventId":"{{change.EventId}}","sequence":42,"company":"default","assignmentId":"ASGC-1/ID-1/0a1b2c3d","version":3,"employeeId":"ID-1","courseName":"Keselamatan Kerja","assignedCourseSerial":"ASGC-1","previousStatus":"in_progress","status":"completed","kind":"completed","attempt":1,"inferred":false,"occurredAt":"2026-01-31T05:00:00+00:00","occurredAtPrecision":"instant","detectedAt":"2026-01-31T05:00:10+00:00","completedAt":"2026-01-31T05:00:00+00:00","postTest":87.5,"source":"feed"}"""
            );
    }

    [Fact]
    public async Task Should_carry_cloudevents_attributes_as_headers()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var queue = await AmqpQueue.BindAsync(broker, RelayFixture.BaseExchange);
        await using var relay = await RelayFixture.StartAsync(broker);
        var change = RelayFixture.Change();

        await relay.Publisher.PublishAsync(change, CancellationToken.None);

        await queue.WaitForAsync(1);
        var message = queue.Received[0];
        message.RoutingKey.ShouldBe("default.completed");
        message.Properties.MessageId.ShouldBe(change.EventId.ToString());
        message.Properties.DeliveryMode.ShouldBe(DeliveryModes.Persistent);
        message.Properties.ContentType.ShouldBe("application/vnd.masstransit+json");
        message.Header("cloudEvents:specversion").ShouldBe("1.0");
        message.Header("cloudEvents:id").ShouldBe(change.EventId.ToString());
        message.Header("cloudEvents:source").ShouldBe("/ruangkerja/default");
        message.Header("cloudEvents:type").ShouldBe("ruangkerja.course.completed.v1");
        message.Header("cloudEvents:time").ShouldBe("2026-01-31T05:00:00+00:00");
        message.Header("cloudEvents:subject").ShouldBe("ASGC-1/ID-1/0a1b2c3d");
        message.Header("cloudEvents:sequence").ShouldBe("42");
    }

    [Fact]
    public async Task Should_tell_nothing_of_the_machine_it_came_from()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var queue = await AmqpQueue.BindAsync(broker, RelayFixture.BaseExchange);
        await using var relay = await RelayFixture.StartAsync(broker);

        await relay.Publisher.PublishAsync(RelayFixture.Change(), CancellationToken.None);

        await queue.WaitForAsync(1);
        var message = queue.Received[0];
        var headers = string.Join(' ', message.Properties.Headers!.Keys.Select(message.Header));
        foreach (var told in new[] { message.Body, headers })
        {
            told.ShouldNotContain(Environment.MachineName);
            told.ShouldNotContain(typeof(When_an_event_is_published).Assembly.GetName().Name!);
            told.ShouldNotContain(Environment.OSVersion.ToString());
            told.ShouldNotContain(Environment.Version.ToString());
        }

        message.Envelope.TryGetProperty("sourceAddress", out _).ShouldBeFalse();
        message.Envelope.GetProperty("host").GetProperty("processId").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Should_reach_a_subscriber_to_its_own_kind_and_no_other()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var completions = await AmqpQueue.BindAsync(broker, "RuangKerja.Events.Contracts:CourseCompleted");
        await using var everything = await AmqpQueue.BindAsync(broker, RelayFixture.BaseExchange);
        await using var topic = await AmqpQueue.BindAsync(
            broker,
            ExchangeNames.Topic,
            ExchangeType.Topic,
            "*.completed"
        );
        await using var relay = await RelayFixture.StartAsync(broker);

        await relay.Publisher.PublishAsync(
            RelayFixture.Change(ChangeKinds.Started, version: 1),
            CancellationToken.None
        );
        await relay.Publisher.PublishAsync(RelayFixture.Change(version: 2), CancellationToken.None);
        await relay.Publisher.PublishAsync(
            RelayFixture.Change(ChangeKinds.Started, version: 3),
            CancellationToken.None
        );
        await relay.Publisher.PublishAsync(RelayFixture.Change(version: 4), CancellationToken.None);

        await everything.WaitForAsync(4);
        await completions.WaitForAsync(2);
        await topic.WaitForAsync(2);
        everything.Received.Select(m => m.Change.Version).ShouldBe([1, 2, 3, 4]);
        completions.Received.Select(m => m.Change.Version).ShouldBe([2, 4]);
        topic.Received.Select(m => m.Change.Version).ShouldBe([2, 4]);
    }

    [Fact]
    public async Task Should_say_when_no_queue_takes_it()
    {
        await using var relay = await RelayFixture.StartAsync(await servers.CreateVirtualHostAsync());

        (await relay.Publisher.PublishAsync(RelayFixture.Change(), CancellationToken.None)).ShouldBe(
            PublishOutcome.Unroutable
        );
    }

    [Fact]
    public async Task Should_say_that_a_full_queue_refuses_it()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var full = await AmqpQueue.BindFullAsync(broker, RelayFixture.BaseExchange);
        await using var relay = await RelayFixture.StartAsync(broker);

        var failure = await Should.ThrowAsync<BrokerException>(() =>
            relay.Publisher.PublishAsync(RelayFixture.Change(), CancellationToken.None)
        );

        failure.Kind.ShouldBe(BrokerFailureKind.Refused);
        failure.Message.ShouldContain("full");
    }

    [Fact]
    public async Task Should_fail_in_time_when_the_broker_cannot_be_reached()
    {
        await using var relay = await RelayFixture.StartAsync(
            new Uri("amqp://user:hush@127.0.0.1:1/"),
            publishTimeout: TimeSpan.FromSeconds(2)
        );

        var failure = await Should.ThrowAsync<BrokerException>(() =>
            relay.Publisher.PublishAsync(RelayFixture.Change(), CancellationToken.None)
        );

        failure.Kind.ShouldBe(BrokerFailureKind.Silent);
        failure.Message.ShouldContain("Relay:RabbitMqUri");
        failure.ToString().ShouldNotContain("hush");
    }
}
