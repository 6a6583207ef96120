using MassTransit;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber;
using RuangKerja.Events.Subscriber.Handling;

namespace RuangKerja.Events.Tests.Subscriber;

public sealed class SubscriberSettingsTests
{
    [Fact]
    public void Defaults_name_the_queue_after_the_consumer_and_bind_it_to_its_kinds()
    {
        var settings = SubscriberSettings.Of<CertificateConsumer>(new SubscriberOptions());

        settings.Queue.ShouldBe("certificate");
        settings.DeadQueue.ShouldBe("certificate_dead");
        settings.Kinds.ShouldBe([typeof(CourseCompleted), typeof(CourseReopened)], ignoreOrder: true);
        settings.Prefetch.ShouldBe(256);
        settings.FillGaps.ShouldBeFalse("the inbox in memory cannot");
    }

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var options = new SubscriberOptions
        {
            Queue = "hr courses",
            Concurrency = 0,
            Prefetch = 70_000,
            DeliveryLimit = 0,
            Attempts = 101,
            FirstWait = TimeSpan.FromSeconds(-1),
            LongestWait = TimeSpan.FromHours(1),
        };
        options.UseInMemoryInbox(inbox => inbox.Assignments = 1);

        var fault = Should.Throw<SubscriberOptionsException>(() => SubscriberSettings.Of<Wrong>(options));

        string[] named =
        [
            "Queue is 'hr courses'",
            "Concurrency is 0",
            "Prefetch is 70000",
            "DeliveryLimit is 0",
            "Attempts is 101",
            "FirstWait is -00:00:01",
            "LongestWait is 01:00:00",
            "Assignments is 1",
            "Wrong consumes no change",
            "Wrong consumes RequestReplay",
        ];
        named.ShouldAllBe(text => fault.Message.Contains(text));
        fault.Faults.Count.ShouldBe(named.Length);
    }

    /// <summary>The broker takes a message back that is kept for half an hour.</summary>
    [Fact]
    public void Waits_that_take_too_long_together_are_refused()
    {
        var options = new SubscriberOptions { Attempts = 11, FirstWait = TimeSpan.FromMinutes(1) };
        options.LongestWait = options.FirstWait;
        SubscriberSettings.Of<CertificateConsumer>(options).Retry.All.ShouldBe(TimeSpan.FromMinutes(10));

        options.Attempts = 17;

        Should
            .Throw<SubscriberOptionsException>(() => SubscriberSettings.Of<CertificateConsumer>(options))
            .Message.ShouldContain("A message would wait 00:16:00 between its 17 attempts; 00:15:00 are allowed.");
    }

    [Theory]
    [InlineData("ruangkerja-replay")]
    [InlineData("amq.gen-1")]
    public void Queue_of_others_is_refused(string queue) =>
        Should.Throw<SubscriberOptionsException>(() =>
            SubscriberSettings.Of<CertificateConsumer>(new SubscriberOptions { Queue = queue })
        );

    [Theory]
    [InlineData(1, 200)]
    [InlineData(2, 400)]
    [InlineData(4, 1_600)]
    [InlineData(7, 10_000)]
    [InlineData(1_000_000, 10_000)]
    public void Wait_doubles_up_to_the_longest(int failed, int milliseconds) =>
        new RetrySchedule(5, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10))
            .WaitAfter(failed)
            .ShouldBe(TimeSpan.FromMilliseconds(milliseconds));

    private sealed class Wrong : IConsumer<RequestReplay>
    {
        public Task Consume(ConsumeContext<RequestReplay> context) => Task.CompletedTask;
    }
}
