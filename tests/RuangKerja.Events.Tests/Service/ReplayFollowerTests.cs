using RuangKerja.Events.Service;
using RuangKerja.Events.Service.Commands;
using RuangKerja.Events.Service.Commands.Replay;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;
using RuangKerja.Events.Tests.Storage;
using Spectre.Console;

namespace RuangKerja.Events.Tests.Service;

/// <summary>What a person, or a log, sees of a replay that is looked at.</summary>
public sealed class ReplayFollowerTests
{
    private readonly Clock _clock = new();
    private readonly StringWriter _error = new();

    private IReadOnlyList<string> Lines => _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void Lines_ComeEveryFewSecondsAndAtEveryTurn()
    {
        var lines = new ReplayLines(_error, _clock);

        lines.Stands(Job(ReplayState.Waiting, 0));
        for (var second = 0; second <= 10; second++)
        {
            lines.Stands(Job(ReplayState.Running, 100 * second));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
        lines.Stands(Job(ReplayState.Finished, 2_000));

        Lines.Count.ShouldBe(5);
        Lines[0].ShouldEndWith(": waiting, 0 of 2000 sent (0 %)");
        Lines[1].ShouldEndWith(": running, 0 of 2000 sent (0 %)");
        Lines[2].ShouldEndWith(": running, 500 of 2000 sent (25 %), 100/s, 00:00:15 left");
        Lines[3].ShouldEndWith(": running, 1000 of 2000 sent (50 %), 100/s, 00:00:10 left");
        Lines[4].ShouldEndWith(": finished, 2000 of 2000 sent (100 %)");
    }

    [Fact]
    public void ReasonAndWhatCannotBeRead_AreTold()
    {
        var job = Job(ReplayState.Failed, 10) with { Unreadable = 2, Reason = "The queue is gone." };

        ReplayTexts
            .Progress(job, new ReplayPace(_clock))
            .ShouldBe("failed, 10 of 2000 sent (0 %), 2 cannot be read. The queue is gone.");
    }

    [Theory]
    [InlineData(ReplayState.Finished, ExitCode.Ok)]
    [InlineData(ReplayState.Failed, ExitCode.Broker)]
    [InlineData(ReplayState.Cancelled, ExitCode.Interrupted)]
    public async Task End_DecidesTheExitCode(ReplayState end, ExitCode code)
    {
        var written = new List<ReplayState>();

        (await Follower().FollowAsync(Job(end, 5), job => written.Add(job.State), CancellationToken.None)).ShouldBe(
            code
        );

        written.ShouldBe([end]);
        _error.ToString().Contains("replay resume").ShouldBe(end == ReplayState.Failed);
    }

    [Fact]
    public async Task Stop_LeavesTheReplayAndSaysSo()
    {
        using var stop = new CancellationTokenSource();
        var following = Follower().FollowAsync(Job(ReplayState.Running, 5), _ => { }, stop.Token);
        await stop.CancelAsync();

        (await following).ShouldBe(ExitCode.Interrupted);

        Lines[^1].ShouldStartWith("No longer looked at; the replay goes on. 'replay show ");
    }

    [Fact]
    public async Task ReplayThatNobodyTakesUp_IsSaidOnce()
    {
        using var stop = new CancellationTokenSource();
        var following = Follower().FollowAsync(Job(ReplayState.Waiting, 0), _ => { }, stop.Token);
        for (var look = 0; look < 200; look++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
        }
        await stop.CancelAsync();
        await following;

        Lines.Count(line => line.StartsWith("No instance has taken it up yet.")).ShouldBe(1);
    }

    [Fact]
    public async Task Bar_ShowsHowFarItIs()
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                Interactive = InteractionSupport.Yes,
                Out = new AnsiConsoleOutput(_error),
            }
        );
        console.Profile.Width = 200;

        await ReplayBar.ShowAsync(
            console,
            watcher =>
            {
                watcher.Says("Nobody [here].");
                watcher.Stands(Job(ReplayState.Finished, 2_000));
                return Task.FromResult(Job(ReplayState.Finished, 2_000));
            }
        );

        _error.ToString().ShouldContain("100%");
        _error.ToString().ShouldContain("finished, 2000 of 2000 sent (100 %)");
    }

    private ReplayFollower Follower() =>
        new(
            new CommandContext
            {
                Out = TextWriter.Null,
                Error = _error,
                Time = _clock,
            },
            new StandingStore()
        );

    private static ReplayJob Job(ReplayState state, long sent) =>
        new()
        {
            Id = new Guid("5f0c4a52-7d43-4c3e-9a0f-5b3a3d1f9a11"),
            State = state,
            Filter = new EventFilter(),
            Destination = "hr",
            RequestedBy = "rina",
            Door = ReplayDoor.CommandLine,
            RequestedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
            Through = 5_000,
            Total = 2_000,
            Sent = sent,
        };

    /// <summary>Every replay stands as it stood.</summary>
    private sealed class StandingStore : UnaskedReplays
    {
        public override Task<ReplayJob?> ReadAsync(Guid id, CancellationToken cancellationToken) =>
            Task.FromResult<ReplayJob?>(null);
    }
}
