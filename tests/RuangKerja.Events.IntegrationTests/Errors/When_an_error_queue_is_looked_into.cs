using System.Text.Json;
using RuangKerja.Events.Errors;
using RuangKerja.Events.IntegrationTests.Relay;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Tests;

namespace RuangKerja.Events.IntegrationTests.Errors;

public sealed class When_an_error_queue_is_looked_into(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Json = ["--output", "json"];

    [Fact]
    public async Task Should_tell_by_exception_what_failed_and_show_a_message_whole()
    {
        await using var bench = await ErrorBench.FillAsync(servers, events: 7);

        var list = await bench.RunAsync(["errors", "list", "--queue", ErrorBench.Queue, .. Json]);

        list.Code.ShouldBe(0, list.Error);
        var survey = JsonDocument.Parse(list.Out).RootElement;
        survey.GetProperty("waiting").GetInt32().ShouldBe(7);
        survey.GetProperty("lookedAt").GetInt32().ShouldBe(7);
        var groups = survey.GetProperty("groups").EnumerateArray().ToList();
        groups
            .Select(group => (Word(group, "exception"), Word(group, "message"), group.GetProperty("count").GetInt32()))
            .ShouldBe([
                ("System.InvalidOperationException", "Employee ID-# is not known", 5),
                ("System.TimeoutException", "The payroll did not answer.", 2),
            ]);
        groups[0].GetProperty("messageTypes")[0].GetString().ShouldBe("CourseCompleted");
        groups[0].GetProperty("companies")[0].GetString().ShouldBe("default");
        groups[0].GetProperty("firstFault").GetDateTimeOffset().ShouldBeLessThan(Last(groups[0]));

        string[] show = ["errors", "show", "--queue", ErrorBench.Queue, "--exception", "timeoutexception"];
        var shown = await bench.RunAsync([.. show, .. Json]);
        var message = JsonDocument
            .Parse(shown.Out)
            .RootElement.GetProperty("messages")
            .EnumerateArray()
            .ShouldHaveSingleItem();
        Word(message, "messageId").ShouldBe(bench.Published[2].Properties.MessageId);
        Word(message, "eventId").ShouldBe(bench.Published[2].Properties.MessageId);
        Word(message, "exceptionMessage").ShouldBe("The payroll did not answer.");
        Word(message, "stackTrace").ShouldContain(nameof(FailingSubscriber));
        Word(message, "inputAddress").ShouldEndWith(ErrorBench.Queue);
        JsonElement
            .DeepEquals(message.GetProperty("message"), bench.Published[2].Envelope.GetProperty("message"))
            .ShouldBeTrue();
        var table = await bench.RunAsync(show);
        table.Out.ShouldContain("ID-3");
        table.Out.ShouldContain("cloudEvents:subject");
        (await bench.CountAsync(ErrorBench.ErrorQueue)).ShouldBe(7);
    }

    /// <summary>The error queue has its subscriber's limit of deliveries, here 1: given back twice, a message would be dropped.</summary>
    [Theory]
    [InlineData(QueueKind.Quorum)]
    [InlineData(QueueKind.Classic)]
    public async Task Should_lose_change_and_reorder_nothing_however_often(QueueKind kind)
    {
        await using var bench = await ErrorBench.FillAsync(servers, events: 9, kind);

        for (var look = 0; look < 30; look++)
        {
            var survey = await bench.Desk.SurveyAsync(ErrorBench.Names, most: 1_000, CancellationToken.None);
            (survey.Waiting, survey.LookedAt, survey.Groups.Sum(group => group.Count)).ShouldBe((9, 9, 9), $"{look}");
        }

        var left = await bench.DrainAsync(ErrorBench.ErrorQueue);
        left.Select(message => message.Properties.MessageId).ShouldBe(ErrorBench.Ids(bench.Published));
        left.Select(message => message.Body).ShouldBe(bench.Published.Select(message => message.Body));
        left.ShouldAllBe(message => message.Header("MT-Fault-Message") != null);
    }

    /// <summary>Nothing of it goes behind the rest: an older version of an assignment must not be redriven behind a newer one.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Should_lose_and_reorder_nothing_of_a_queue_it_sees_a_part_of(int most)
    {
        const int Events = 40;
        await using var bench = await ErrorBench.FillAsync(servers, Events);

        for (var look = 0; look < 10; look++)
        {
            var survey = await bench.Desk.SurveyAsync(ErrorBench.Names, most, CancellationToken.None);
            (survey.Waiting, survey.LookedAt).ShouldBe((Events, most), $"{look}");
            var found = await bench.Desk.FindAsync(ErrorBench.Names, new FaultChoice(), most, CancellationToken.None);
            found
                .Messages.Select(message => message.MessageId)
                .ShouldBe(ErrorBench.Ids(bench.Published.Take(most)), $"{look}");
        }

        var left = await bench.DrainAsync(ErrorBench.ErrorQueue);
        left.Select(message => message.Properties.MessageId).ShouldBe(ErrorBench.Ids(bench.Published));
    }

    [Fact]
    public async Task Should_say_that_somebody_else_has_what_it_does_not_see()
    {
        await using var bench = await ErrorBench.FillAsync(servers, events: 3);
        await using var other = await bench.Queues.HoldAsync(ErrorBench.ErrorQueue);

        var list = await bench.RunAsync("errors", "list", "--queue", ErrorBench.Queue);

        list.Code.ShouldBe(0, list.Error);
        list.Out.ShouldContain("Others that consume from it: 1.");
    }

    /// <summary>Its clock stands still then: one that waits for what somebody else has taken would not come back.</summary>
    [Fact]
    public async Task Should_not_wait_for_what_somebody_else_takes_meanwhile()
    {
        await using var bench = await ErrorBench.FillAsync(servers, events: 9);
        // It has a single active consumer.
        await using var other = await bench.Queues.HoldAsync(ErrorBench.ErrorQueue);
        var clock = new CountingClock();
        var look = bench.DeskBy(clock).SurveyAsync(ErrorBench.Names, most: 1_000, CancellationToken.None);
        // The first is for opening, the second for the first message.
        await Wait.Until(() => clock.Timers == 2, Patience, "the look to wait beside the other one");

        await other.BasicAckAsync(deliveryTag: 1, multiple: false);
        await Wait.Until(
            async () => await bench.CountAsync(ErrorBench.ErrorQueue) == 7,
            Patience,
            "the other one to have taken the next"
        );
        clock.Inner.Advance(new RelayOptions { RabbitMqUri = bench.Broker }.PublishTimeout);

        var survey = await look.WaitAsync(Patience, TimeProvider.System);
        (survey.Waiting, survey.LookedAt, survey.Consumers).ShouldBe((8, 0, 1));
    }

    [Fact]
    public async Task Should_say_what_is_wrong_by_the_names_of_the_options()
    {
        await using var bench = await ErrorBench.FillAsync(servers, events: 1);

        var missing = await bench.RunAsync("errors", "list", "--queue", "hr-nobody");
        missing.Code.ShouldBe(2, missing.Error);
        missing.Error.ShouldContain("There is neither a queue 'hr-nobody' nor 'hr-nobody_error'");
        var itself = await bench.RunAsync("errors", "list", "--queue", ErrorBench.ErrorQueue);
        itself.Code.ShouldBe(2, itself.Error);
        itself.Error.ShouldContain("name the subscriber's queue, 'hr-courses'");
        var none = await bench.RunAsync("errors", "show", "--queue", ErrorBench.Queue, "--event", $"{Guid.NewGuid()}");
        none.Code.ShouldBe(0, none.Error);
        none.Out.ShouldContain("None of them is meant.");
    }

    private static string Word(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static DateTimeOffset Last(JsonElement group) => group.GetProperty("lastFault").GetDateTimeOffset();

    /// <summary>Tells how far who waits by it has come.</summary>
    private sealed class CountingClock : TimeProvider
    {
        private int _timers;

        public Clock Inner { get; } = new();

        public int Timers => Volatile.Read(ref _timers);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _timers);
            return Inner.CreateTimer(callback, state, dueTime, period);
        }
    }
}
