using RuangKerja.Events.Courses;
using RuangKerja.Events.Polling.Backfills;
using RuangKerja.Events.Service.Commands.Backfill;
using RuangKerja.Events.Storage;
using Spectre.Console;

namespace RuangKerja.Events.Tests.Service;

/// <summary>What a person, or a log, sees of a backfill that runs.</summary>
public sealed class BackfillWatchersTests
{
    private static readonly DateTimeOffset From = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly BackfillRange Range = BackfillPlan.Range(From, From.AddDays(100).AddSeconds(-1));

    private readonly Clock _clock = new();
    private readonly StringWriter _error = new();

    private IReadOnlyList<string> Lines => _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void Lines_ComeEveryFewSecondsAndAtBothEnds()
    {
        var lines = new BackfillLines(Company.Default, _error, _clock);

        for (var day = 0; day <= 100; day++)
        {
            lines.Moved(At(day));
            _clock.Advance(TimeSpan.FromMilliseconds(250));
        }

        Lines.Count.ShouldBe(6);
        Lines[0].ShouldBe("default: read up to 2024-01-01T00:00:00+00:00 (0 %): 0 rows, 0 events, 0 rows/s");
        Lines[1]
            .ShouldBe(
                "default: read up to 2024-01-21T00:00:00+00:00 (20 %): 2000 rows, 20 events, 400 rows/s, 00:00:20 left"
            );
        Lines[^1].ShouldContain("(100 %)");
    }

    [Fact]
    public void Wait_IsToldWithItsReason()
    {
        var lines = new BackfillLines(Company.Default, _error, _clock);

        lines.Waits(At(20), "The API is resting.", TimeSpan.FromSeconds(89.5));

        Lines.ShouldBe(["default: waits 00:01:30 at 2024-01-21T00:00:00+00:00. The API is resting."]);
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

        var result = await BackfillBar.ShowAsync(
            console,
            Company.Default,
            watcher =>
            {
                watcher.Waits(At(20), "The API is [resting].", TimeSpan.FromSeconds(90));
                watcher.Moved(At(100));
                return Task.FromResult(new BackfillResult(BackfillEnd.Done, At(100)));
            }
        );

        result.End.ShouldBe(BackfillEnd.Done);
        _error.ToString().ShouldContain("100%");
        _error.ToString().ShouldContain("default 2024-04-09T23:59:59+00:00, 10000 rows, 100 events, 400 rows/s");
    }

    private static BackfillProgress At(int day) =>
        new(Range, From, From.AddDays(day))
        {
            Elapsed = TimeSpan.FromMilliseconds(250 * day),
            Rows = 100 * day,
            Events = day,
        };
}
