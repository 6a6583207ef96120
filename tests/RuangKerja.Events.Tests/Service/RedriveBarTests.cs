using RuangKerja.Events.Errors;
using RuangKerja.Events.Service.Commands.Errors;
using Spectre.Console;

namespace RuangKerja.Events.Tests.Service;

/// <summary>What a person sees of a redrive that runs.</summary>
public sealed class RedriveBarTests
{
    [Theory]
    [InlineData(false, "10 of 10 looked at, 3 moved")]
    [InlineData(true, "10 of 10 looked at, 3 would be moved")]
    public async Task Bar_SaysOfADryRun_ThatNothingIsMoved(bool dryRun, string expected)
    {
        var terminal = new StringWriter();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                Interactive = InteractionSupport.Yes,
                Out = new AnsiConsoleOutput(terminal),
            }
        );
        console.Profile.Width = 200;

        await RedriveBar.ShowAsync(
            console,
            new RedriveOrder(new FaultChoice(), Most: int.MaxValue, PerSecond: 100, dryRun),
            bar =>
            {
                bar(new RedriveProgress(Waiting: 10, LookedAt: 10, Moved: 3));
                return Task.CompletedTask;
            }
        );

        terminal.ToString().ShouldContain(expected);
    }
}
