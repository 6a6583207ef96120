using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Replay.Requests;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;
using RuangKerja.Events.Tests.Http;

namespace RuangKerja.Events.Tests.Replay;

/// <summary>Who hears of the end of his replay when others cannot be told.</summary>
public sealed class ReplayTellerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Clock _clock = new();
    private readonly MemoryReplays _store = new();
    private readonly Replies _replies = new();

    [Fact]
    public async Task OneThatCannotBeTold_KeepsNoOtherOneWaiting()
    {
        await EndAsync("hr-stuck");
        await EndAsync("hr-well");
        _replies.Fault = new BrokerException(BrokerFailureKind.Silent, "Answering", "no word.", "Wait.", null);

        await TellUntilAsync(() => _store.Told.Count == 1);
        _store.Told.ShouldBe(["hr-well"]);

        _replies.Fault = null;
        await TellUntilAsync(() => _store.Told.Count == 2);
        _replies.Sent.ShouldBe(["hr-well", "hr-stuck"]);
    }

    [Fact]
    public async Task FaultOfTheProgram_IsMetAFewTimesOnly()
    {
        await EndAsync("hr-stuck");
        _replies.Fault = new InvalidOperationException("oops");

        await TellUntilAsync(() => _store.Told.Count == 1);

        _replies.Sent.ShouldBeEmpty();
    }

    private async Task EndAsync(string queue)
    {
        var request = new ReplayRequest
        {
            Filter = new EventFilter(),
            Destination = queue,
            RequestedBy = "tests",
            Door = ReplayDoor.Bus,
            ReplyTo = new Uri($"queue:{queue}"),
        };
        var job = await _store.AddAsync(request, through: 9, total: 7, CancellationToken.None);
        await _store.CancelAsync(job.Id, "ops", CancellationToken.None);
    }

    private async Task TellUntilAsync(Func<bool> done)
    {
        var reports = new ReplayRequestReports(NullLogger<ReplayRequestReports>.Instance);
        var answers = new ReplayAnswers(_replies, new ReplayOptions { AllowedQueues = ["hr*"] }, reports);
        using var teller = new ReplayTeller(_store, answers, reports, _clock);
        await teller.StartAsync(CancellationToken.None);
        using var late = new CancellationTokenSource(Patience);
        while (!done() && !late.IsCancellationRequested)
        {
            if (_clock.PendingTimers > 0)
                _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await teller.StopAsync(CancellationToken.None);
        done().ShouldBeTrue();
    }

    private sealed class Replies : IAnswerSender
    {
        public List<string> Sent { get; } = [];

        /// <summary>What comes of answers to the queue that is stuck.</summary>
        public Exception? Fault { get; set; }

        public Task<bool> SendAsync<T>(ReplyAddress to, T answer, CancellationToken cancellationToken)
            where T : class
        {
            if (to.Queue == "hr-stuck" && Fault is { } fault)
                throw fault;
            answer.ShouldBeOfType<ReplayFinished>();
            Sent.Add(to.Queue);
            return Task.FromResult(true);
        }
    }
}
