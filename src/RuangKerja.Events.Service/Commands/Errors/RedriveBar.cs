using RuangKerja.Events.Errors;
using Spectre.Console;

namespace RuangKerja.Events.Service.Commands.Errors;

/// <summary>Shows how a redrive goes on as a bar, on a terminal.</summary>
internal static class RedriveBar
{
    /// <summary>Shows the bar while the work is under way.</summary>
    public static async Task ShowAsync(
        IAnsiConsole console,
        RedriveOrder order,
        Func<Action<RedriveProgress>, Task> work
    )
    {
        var bar = console
            .Progress()
            .Columns(new ProgressBarColumn { Width = 20 }, new PercentageColumn(), new TaskDescriptionColumn());
        await bar.StartAsync(async progress =>
        {
            var task = progress.AddTask("redrive", maxValue: 1);
            await work(now => Show(task, order, now));
        });
    }

    private static void Show(ProgressTask task, RedriveOrder order, RedriveProgress now)
    {
        task.Description = $"{now.LookedAt} of {now.Waiting} looked at, {ErrorLines.Moved(order, now)}";
        task.Value = now.Waiting == 0 ? 1 : (double)now.LookedAt / now.Waiting;
    }
}
