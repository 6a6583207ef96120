using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Replay.Requests;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Tests.Replay;

/// <summary>What a requester is told, and where.</summary>
public sealed class ReplayRequestConsumerTests
{
    private static readonly Guid Id = new("5f0c4a52-7d43-4c3e-9a0f-5b3a3d1f9a11");

    private readonly Desk _desk = new();
    private readonly Replies _replies = new();
    private readonly Clock _clock = new();
    private readonly ReplayOptions _options = new() { AllowedQueues = ["hr*", "answers", "gone"] };

    [Fact]
    public async Task AcceptedRequest_IsAnsweredWhereTheRequesterWantsIt()
    {
        await ConsumeAsync(Request("hr"), "answers");

        var (queue, answer) = _replies.Sent.ShouldHaveSingleItem();
        queue.ShouldBe("answers");
        var started = answer.ShouldBeOfType<ReplayStarted>();
        started.RequestId.ShouldBe(Id);
        (started.Count, started.Through).ShouldBe((7, 99));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gone")]
    public async Task RequestWithoutAPlaceThatIsThere_IsAnsweredOnItsOwnQueue(string? replyTo)
    {
        _replies.Missing = "gone";

        await ConsumeAsync(Request("hr"), replyTo);

        _replies.Sent.ShouldHaveSingleItem().Queue.ShouldBe("hr");
        // Who names no place hears of the end there too.
        if (replyTo is null)
            ReplyAddress.FromUri(_desk.Asked.ShouldHaveSingleItem().ReplyTo!).Queue.ShouldBe("hr");
    }

    [Fact]
    public async Task RequestOfAReplayThatIsOver_IsToldItsEndToo()
    {
        _desk.State = ReplayState.Failed;

        await ConsumeAsync(Request("hr"), "answers");

        _replies.Sent.Select(sent => sent.Queue).ShouldBe(["answers", "answers"]);
        var finished = _replies.Sent[1].Answer.ShouldBeOfType<ReplayFinished>();
        (finished.Outcome, finished.RequestId, finished.Sent).ShouldBe((ReplayOutcomes.Failed, Id, 3));
    }

    [Fact]
    public async Task RejectedRequest_IsToldEveryFaultInTheWordsOfTheMessage()
    {
        _desk.Faults =
        [
            new ReplayFault("destination", "No."),
            new ReplayFault("filter.recordedFrom", "Late."),
            new ReplayFault("filter.baseline", "Odd."),
            new ReplayFault("rate", "Fast."),
        ];

        await ConsumeAsync(Request("hr"), "answers");

        var rejected = _replies.Sent.ShouldHaveSingleItem().Answer.ShouldBeOfType<ReplayRejected>();
        rejected.RequestId.ShouldBe(Id);
        rejected.Faults.Select(fault => fault.Member).ShouldBe(["queue", "recordedFrom", "includeBaseline", "rate"]);
    }

    [Theory]
    [InlineData("hr", "hr")]
    [InlineData("payroll", null)]
    public async Task RejectionWithoutAPlace_GoesToNoQueueThatIsNotAllowed(string queue, string? told)
    {
        _desk.Faults = [new ReplayFault("rate", "Fast.")];

        await ConsumeAsync(Request(queue), replyTo: null);

        _replies.Sent.Select(sent => sent.Queue).ShouldBe(told is null ? [] : [told]);
    }

    [Fact]
    public async Task RequestThatCannotBeRead_IsRejectedWithoutTheDesk()
    {
        await ConsumeAsync("{", "answers");
        await ConsumeAsync("""{ "queue": "hr", "kinds": ["finished"] }""", "answers");

        _desk.Asked.ShouldBeEmpty();
        _replies.Sent.Count.ShouldBe(2);
        _replies.Sent.ShouldAllBe(sent => sent.Answer is ReplayRejected);
    }

    [Fact]
    public async Task BrokerThatIsAway_IsWaitedForAndTheRequestAnsweredOnce()
    {
        _replies.Failures = 2;

        var consuming = ConsumeAsync(Request("hr"), "answers");
        while (!consuming.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await consuming;
        _replies.Sent.ShouldHaveSingleItem().Answer.ShouldBeOfType<ReplayStarted>();
        _desk.Asked.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task AnswerThatNeverGoes_IsGivenUpAfterSomeTries()
    {
        _replies.Failures = int.MaxValue;

        var consuming = ConsumeAsync(Request("hr"), "answers");
        while (!consuming.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        await consuming;
        _replies.Sent.ShouldBeEmpty();
        _desk.Asked.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("payroll")]
    [InlineData("hr_error")]
    [InlineData("machine_program_bus_0123456789_error")]
    [InlineData("amq.direct")]
    public async Task PlaceThatMayNotBeAnsweredTo_CountsAsNone(string replyTo)
    {
        await ConsumeAsync(Request("hr"), replyTo);

        _replies.Sent.ShouldHaveSingleItem().Queue.ShouldBe("hr");
    }

    [Theory]
    [InlineData("machine_program_bus_ybnyyydr8bnnq8udbdpbyo4oyy")]
    [InlineData("amq.gen-3sFa9")]
    [InlineData("amq.rabbitmq.reply-to.g1h2AA5y")]
    public async Task TemporaryQueue_IsAnsweredTo(string replyTo)
    {
        await ConsumeAsync(Request("hr"), replyTo);

        _replies.Sent.ShouldHaveSingleItem().Queue.ShouldBe(replyTo);
    }

    [Fact]
    public async Task StopWhileTheBrokerIsAway_LeavesTheRequestUnanswered()
    {
        _replies.Failures = int.MaxValue;
        using var stop = new CancellationTokenSource();

        var consuming = ConsumeAsync(Request("hr"), "answers", stop.Token);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(consuming);
    }

    [Fact]
    public async Task FaultOfTheProgram_IsARejectionAndNoLoop()
    {
        _desk.Fault = new InvalidOperationException("hush");

        await ConsumeAsync(Request("hr"), "answers");

        var rejected = _replies.Sent.ShouldHaveSingleItem().Answer.ShouldBeOfType<ReplayRejected>();
        rejected.Faults.ShouldHaveSingleItem().Message.ShouldNotContain("hush");
    }

    private static string Request(string queue) =>
        $$"""{ "requestId": "{{Id}}", "queue": "{{queue}}", "requestedBy": "HR" }""";

    private Task ConsumeAsync(string body, string? replyTo, CancellationToken cancellationToken = default)
    {
        var reports = new ReplayRequestReports(NullLogger<ReplayRequestReports>.Instance);
        var relay = new RelayOptions { RabbitMqUri = new Uri("amqp://user@broker.invalid/lms") };
        var consumer = new ReplayRequestConsumer(
            _desk,
            new ReplayAnswers(_replies, _options, reports),
            relay,
            reports,
            _clock
        );
        return consumer.ConsumeAsync(Encoding.UTF8.GetBytes(body), new AmqpReply(replyTo, null), cancellationToken);
    }

    private sealed class Desk : IReplayDesk
    {
        public List<ReplayRequest> Asked { get; } = [];
        public IReadOnlyList<ReplayFault> Faults { get; set; } = [];
        public ReplayState State { get; set; } = ReplayState.Waiting;
        public Exception? Fault { get; set; }

        public Task<ReplayAnswer> AskAsync(ReplayRequest request, CancellationToken cancellationToken)
        {
            Asked.Add(request);
            if (Fault is not null)
                throw Fault;
            return Task.FromResult<ReplayAnswer>(
                Faults.Count > 0 ? new ReplayAnswer.Rejected(Faults) : new ReplayAnswer.Accepted(Job(request))
            );
        }

        public Task<ReplayEstimate> EstimateAsync(ReplayRequest request, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        private ReplayJob Job(ReplayRequest request) =>
            new()
            {
                Id = new Guid("6f0c4a52-7d43-4c3e-9a0f-5b3a3d1f9a11"),
                State = State,
                Filter = new EventFilter(),
                Destination = request.Destination,
                RequestedBy = request.RequestedBy,
                Door = request.Door,
                RequestId = request.RequestId,
                RequestedAt = DateTimeOffset.UnixEpoch,
                UpdatedAt = DateTimeOffset.UnixEpoch,
                Through = 99,
                Total = 7,
                Sent = 3,
            };
    }

    private sealed class Replies : IAnswerSender
    {
        public List<(string Queue, object Answer)> Sent { get; } = [];
        public string? Missing { get; set; }
        public int Failures { get; set; }

        public Task<bool> SendAsync<T>(ReplyAddress to, T answer, CancellationToken cancellationToken)
            where T : class
        {
            if (Failures-- > 0)
                throw new BrokerException(BrokerFailureKind.Unavailable, "Answering", "no broker.", "Wait.", null);
            if (to.Queue == Missing)
                return Task.FromResult(false);
            Sent.Add((to.Queue, answer));
            return Task.FromResult(true);
        }
    }
}
